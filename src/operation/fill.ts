/** The value of the rows that have none, before a column becomes NOT NULL. */
export interface Fill {
  /** SQL; `null` where a person must write it. */
  readonly value: string | null;
}

/** The UPDATE that does it; `table` and `column` are SQL. */
export function fillStatements(table: string, column: string, { value }: Fill): readonly string[] {
  return value === null ? [] : [`update ${table} set ${column} = ${value} where ${column} is null`];
}
