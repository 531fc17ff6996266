import { insertByName } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, isSameName } from "../schema/object-name.js";
import type { Sequence } from "../schema/sequence.js";
import type { Table } from "../schema/table.js";
import type { Naming } from "./naming.js";
import type { OperationRules } from "./operation-rules.js";
import { createTableStatements } from "./table-statements.js";

/** Makes a table with all that hangs on it. */
export interface CreateTable {
  readonly kind: "create table";
  readonly table: Table;
  /** Those that its serial columns own. */
  readonly sequences: readonly Sequence[];
  /** The columns that it has from a parent, with a default or NOT NULL that are not the parent's. */
  readonly restated?: readonly string[];
}

/** Takes a table away with its rows, indexes, triggers and owned sequences. */
export interface DropTable {
  readonly kind: "drop table";
  readonly table: Table;
  readonly sequences: readonly Sequence[];
  readonly restated?: readonly string[];
}

export const createTable: OperationRules<CreateTable> = {
  invert: (operation) => ({ ...operation, kind: "drop table" }),
  describe: ({ table }) => `create table ${displayName(table)}`,
  toSql: (operation, naming) => [...createTableStatements(operation.table, operation.sequences, naming), ...restateColumns(operation, naming)],
  apply: ({ table, sequences }, schema) => ({
    ...schema,
    tables: insertByName(schema.tables, table),
    sequences: sequences.reduce(insertByName, schema.sequences),
  }),
};

export const dropTable: OperationRules<DropTable> = {
  invert: (operation) => ({ ...operation, kind: "create table" }),
  describe: ({ table }) => `drop table ${displayName(table)}`,
  toSql: ({ table }, naming) => [`drop table ${naming(table)}`],
  apply: ({ table, sequences }, schema) => ({
    ...schema,
    tables: schema.tables.filter((each) => !isSameName(each, table)),
    sequences: schema.sequences.filter((each) => !sequences.some((owned) => isSameName(each, owned))),
  }),
};

/** What gives columns that come from a parent the default and NOT NULL that they have for their own. */
export function restateColumns({ table, restated = [] }: CreateTable, naming: Naming): readonly string[] {
  return table.columns
    .filter(({ name }) => restated.includes(name))
    .flatMap((column) => {
      const alter = `alter table ${naming(table)} alter column ${quoteIdentifier(column.name)}`;
      return [`${alter} ${column.default === null ? "drop default" : `set default ${column.default}`}`, `${alter} ${column.nullable ? "drop" : "set"} not null`];
    });
}
