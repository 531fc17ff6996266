import { addConstraint } from "../../operation/constraint-existence.js";
import type { Naming } from "../../operation/naming.js";
import { afterTable, createTableStatements } from "../../operation/table-statements.js";
import { defaultName } from "../../schema/default-name.js";
import { listConstraints } from "../../schema/table-constraint.js";
import type { Sequence } from "../../schema/sequence.js";
import type { Table } from "../../schema/table.js";
import { jsText } from "./js-text.js";
import { knexColumn, isPlainText } from "./knex-column.js";
import { schemaBuilder, type IsSafeName } from "./knex-names.js";
import { rawCall } from "./knex-raw.js";
import { knexConstraint, knexIndex } from "./knex-table-parts.js";

/** Lines that make the table: one call of the builder, then raw SQL for what it has no word for. */
export function knexCreateTable(
  table: Table,
  sequences: readonly Sequence[],
  { naming, bareSchema, isSafe }: { readonly naming: Naming; readonly bareSchema: string; readonly isSafe: IsSafeName },
): readonly string[] {
  const columns = table.columns.map((column) => knexColumn(table, column, naming, isSafe));
  const isUsual =
    isSafe(table.schema) && isSafe(table.name) && columns.every((column) => column !== undefined) && !table.unlogged && table.partitionBy === null &&
    table.inherits.length === 0 && table.options.length === 0 && table.tablespace === null && table.accessMethod === null && sequences.length === 0;
  if (!isUsual) return createTableStatements(table, sequences, naming).map(rawCall);

  const key = table.primaryKey;
  const inline =
    key !== null && key.columns.length === 1 && key.name === defaultName(table.name, null, "pkey") && key.include.length === 0 &&
    key.deferral === "not deferrable" && key.options.length === 0 && key.tablespace === null && key.comment === null && !key.withoutOverlaps
      ? key.columns[0]
      : undefined;
  const constraints = listConstraints(table)
    .filter(({ type }) => type !== "primary key" || inline === undefined)
    .map((constraint) => [constraint, knexConstraint(constraint, bareSchema, isSafe)] as const);
  const indexes = table.indexes.map((index) => [index, knexIndex(index, isSafe)] as const);
  const comment = table.comment !== null && isPlainText(table.comment) ? table.comment : undefined;
  const lines = [
    ...table.columns.map((column, place) => (column.name === inline ? primary(columns[place] ?? "") : columns[place])),
    ...constraints.flatMap(([, code]) => code ?? []),
    ...indexes.flatMap(([, code]) => code ?? []),
    ...(comment === undefined ? [] : [`table.comment(${jsText(comment)})`]),
  ];
  const rest: Table = {
    ...table,
    columns: [],
    comment: comment === undefined ? table.comment : null,
    primaryKey: null, uniques: [], foreignKeys: [], checks: [], exclusions: [],
    indexes: indexes.flatMap(([index, code]) => (code === undefined ? index : [])),
  };
  const added = constraints.flatMap(([constraint, code]) => (code === undefined ? [constraint] : []));
  return [
    `await ${schemaBuilder(table, bareSchema)}.createTable(${jsText(table.name)}, (table) => {`,
    ...lines.map((line) => `  ${line};`),
    "});",
    ...added.flatMap((constraint) => addConstraint.toSql({ kind: "add constraint", table, constraint, inTwoSteps: false }, naming)).map(rawCall),
    ...afterTable(rest, naming).map(rawCall),
  ];
}

/** NOT NULL goes without saying. */
function primary(column: string): string {
  return `${column.replace(".notNullable()", "")}.primary()`;
}
