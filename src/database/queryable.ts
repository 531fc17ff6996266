/** Anything that answers SQL: a connection, a transaction, an embedded database. Values go as `$1 …`; without values the text may hold several statements. */
export interface Queryable {
  query<Row = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}
