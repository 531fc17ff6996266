import type { CompareOptions } from "../../../src/autogenerate/compare/compare-options.js";
import type { TableSchema } from "../../../src/schema/table-schema.js";

/** Table schemas by table, `t` or `billing.t`, beside a JSON Schema where that speaks too; all are closed unless they say otherwise. */
export type Tables = Readonly<Record<string, TableSchema & { readonly jsonSchema?: object }>>;

/** One kind of change, as a row of the table that {@link import("./run-changes.js").runChanges} proves. */
export interface Change {
  readonly name: string;
  /** Makes the database as it is. */
  readonly sql: string;
  /** Models of the database as it is: a comparison with these finds nothing. */
  readonly before: Tables;
  /** Models of the database as it should be. */
  readonly after: Tables;
  /** What is found then, in words. */
  readonly operations: readonly string[];
  readonly options?: Partial<CompareOptions>;
  readonly answers?: Readonly<Record<string, string>>;
  /** The oldest server that knows it: 14 if absent. */
  readonly since?: number;
}

/** A change of one column of `t`: its SQL, and what is declared before and after. */
export function columnChange(
  name: string,
  sql: string,
  before: NonNullable<TableSchema["columns"]>[string],
  after: NonNullable<TableSchema["columns"]>[string],
  operations: readonly string[],
  more: Partial<Change> = {},
): Change {
  return {
    name,
    sql: `create table t (id int, a ${sql})`,
    before: { t: { columns: { id: {}, a: before } } },
    after: { t: { columns: { id: {}, a: after } } },
    operations,
    ...more,
  };
}

/** A change of what stands beside the columns of `t`. */
export function tableChange(
  name: string,
  sql: string,
  before: TableSchema,
  after: TableSchema,
  operations: readonly string[],
  more: Partial<Change> = {},
): Change {
  const columns = { id: {}, a: {}, b: {}, c: {} };
  return {
    name,
    sql: `create table t (id int, a int, b text, c text); ${sql}`,
    before: { t: { columns, ...before } },
    after: { t: { columns, ...after } },
    operations,
    ...more,
  };
}
