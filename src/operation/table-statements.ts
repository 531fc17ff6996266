import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import type { Sequence } from "../schema/sequence.js";
import { listConstraints, type TableConstraint } from "../schema/table-constraint.js";
import type { Table } from "../schema/table.js";
import { attachmentStatements } from "./attachment-statements.js";
import { columnClause } from "./column-clause.js";
import { afterColumn, afterSequence, createSequence, ownSequence } from "./column-statements.js";
import { constraintClause } from "./constraint-clause.js";
import { grantStatements } from "./grant-statements.js";
import { indexClause, optionsClause } from "./index-clause.js";
import type { Naming } from "./naming.js";

/** Everything that makes the table what it is, in an order that works; its owner is whoever runs it. */
export function createTableStatements(table: Table, sequences: readonly Sequence[], naming: Naming): readonly string[] {
  return [
    ...sequences.map((sequence) => createSequence(sequence, naming)),
    createTableSql(table, naming),
    ...sequences.flatMap((sequence) => [...ownSequence(sequence, naming), ...afterSequence(sequence, naming)]),
    ...afterTable(table, naming),
  ];
}

/** CREATE TABLE with columns and constraints, a line for each. */
export function createTableSql(table: Table, naming: Naming): string {
  const lines = [
    ...table.columns
      .filter((column) => !column.inherited)
      .map((column) => `${quoteIdentifier(column.name)} ${columnClause(table, column, naming)}`),
    ...listConstraints(table).filter(isInline).map((each) => `constraint ${quoteIdentifier(each.name)} ${constraintClause(each, naming)}`),
  ];
  const after = [
    table.inherits.length === 0 ? "" : `inherits (${table.inherits.map(naming).join(", ")})`,
    table.partitionBy === null ? "" : `partition by ${table.partitionBy}`,
    table.accessMethod === null ? "" : `using ${quoteIdentifier(table.accessMethod)}`,
    optionsClause(table.options),
    table.tablespace === null ? "" : `tablespace ${quoteIdentifier(table.tablespace)}`,
  ].filter((part) => part !== "");
  const body = lines.length === 0 ? "()" : `(\n${lines.map((line) => `  ${line}`).join(",\n")}\n)`;
  return `create ${table.unlogged ? "unlogged " : ""}table ${naming(table)} ${[body, ...after].join(" ")}`;
}

/** What CREATE TABLE can't say: columns' storage and comments, indexes, comments, security, triggers, grants. */
export function afterTable(table: Table, naming: Naming): readonly string[] {
  const name = naming(table);
  return [
    ...table.columns.flatMap((column) => afterColumn(table, column, naming)),
    ...(table.comment === null ? [] : [`comment on table ${name} is ${quoteLiteral(table.comment)}`]),
    ...listConstraints(table)
      .filter((constraint) => !isInline(constraint))
      .map((constraint) => `alter table ${name} add constraint ${quoteIdentifier(constraint.name)} ${constraintClause(constraint, naming)}`),
    ...listConstraints(table).flatMap((constraint) =>
      constraint.comment === null
        ? []
        : [`comment on constraint ${quoteIdentifier(constraint.name)} on ${name} is ${quoteLiteral(constraint.comment)}`],
    ),
    ...table.indexes.flatMap((index) => [
      `create ${index.unique ? "unique " : ""}index ${quoteIdentifier(index.name)} ${indexClause(table, index, naming)}`,
      ...(index.clustered ? [`alter table ${name} cluster on ${quoteIdentifier(index.name)}`] : []),
      ...(index.comment === null
        ? []
        : [`comment on index ${naming({ schema: table.schema, name: index.name })} is ${quoteLiteral(index.comment)}`]),
    ]),
    ...attachmentStatements(table, name),
    ...grantStatements(name, table.grants, table.owner),
  ];
}

/** CREATE TABLE takes NOT VALID and forgets it, as there are no rows. */
function isInline(constraint: TableConstraint): boolean {
  return (constraint.type !== "check" && constraint.type !== "foreign key") || constraint.validated || !constraint.enforced;
}
