import { changeTable, insertByName } from "../schema/change-schema.js";
import type { Column } from "../schema/column.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, isSameName, type ObjectName } from "../schema/object-name.js";
import type { Sequence } from "../schema/sequence.js";
import { columnClause } from "./column-clause.js";
import { afterColumn, afterSequence, createSequence, ownSequence } from "./column-statements.js";
import { fillStatements, type Fill } from "./fill.js";
import type { OperationRules } from "./operation-rules.js";

/** Adds a column at the end of its table. */
export interface AddColumn {
  readonly kind: "add column";
  readonly table: ObjectName;
  readonly column: Column;
  /** The sequence that a serial column owns. */
  readonly sequence: Sequence | null;
  /** Where the column is NOT NULL and has no default, and there are rows: then it is added nullable, filled, and made NOT NULL. */
  readonly fill: Fill | null;
}

/** Drops a column; indexes and constraints that refer to it must have gone before. */
export interface DropColumn {
  readonly kind: "drop column";
  readonly table: ObjectName;
  readonly column: Column;
  readonly sequence: Sequence | null;
  /** Kept for the way back only. */
  readonly fill: Fill | null;
}

export const addColumn: OperationRules<AddColumn> = {
  invert: (operation) => ({ ...operation, kind: "drop column" }),
  describe: ({ table, column }) =>
    `add column ${displayName(table)}.${column.name} ${column.type}${column.nullable ? "" : " not null"}`,
  toSql: ({ table, column, sequence, fill }, naming) => {
    const added = fill === null ? column : { ...column, nullable: true };
    const name = quoteIdentifier(column.name);
    return [
      ...(sequence === null ? [] : [createSequence(sequence, naming)]),
      `alter table ${naming(table)} add column ${name} ${columnClause(table, added, naming)}`,
      ...(sequence === null ? [] : [...ownSequence(sequence, naming), ...afterSequence(sequence, naming)]),
      ...(fill === null
        ? []
        : [
            ...fillStatements(naming(table), name, fill),
            `alter table ${naming(table)} alter column ${name} set not null`,
          ]),
      ...afterColumn(table, column, naming),
    ];
  },
  apply: ({ table, column, sequence }, schema) => ({
    ...changeTable(schema, table, (each) => ({ ...each, columns: [...each.columns, column] })),
    sequences: sequence === null ? schema.sequences : insertByName(schema.sequences, sequence),
  }),
};

export const dropColumn: OperationRules<DropColumn> = {
  invert: (operation) => ({ ...operation, kind: "add column" }),
  describe: ({ table, column }) => `drop column ${displayName(table)}.${column.name}`,
  toSql: ({ table, column }, naming) => [`alter table ${naming(table)} drop column ${quoteIdentifier(column.name)}`],
  apply: ({ table, column, sequence }, schema) => ({
    ...changeTable(schema, table, (each) => ({ ...each, columns: each.columns.filter(({ name }) => name !== column.name) })),
    sequences: schema.sequences.filter((each) => sequence === null || !isSameName(each, sequence)),
  }),
};
