import { columnClause } from "../../operation/column-clause.js";
import { afterSequence } from "../../operation/column-statements.js";
import type { Naming } from "../../operation/naming.js";
import type { Column } from "../../schema/column.js";
import type { ObjectName } from "../../schema/object-name.js";
import type { IsSafeName } from "./knex-names.js";
import { jsText } from "./js-text.js";

/** Types whose builder method gives exactly them. */
const METHODS: Readonly<Record<string, string>> = {
  smallint: "smallint",
  integer: "integer",
  bigint: "bigInteger",
  text: "text",
  boolean: "boolean",
  date: "date",
  uuid: "uuid",
  json: "json",
  jsonb: "jsonb",
  bytea: "binary",
  real: "float",
  "double precision": "double",
  "time without time zone": "time",
  "timestamp with time zone": "timestamp",
};

/** `table.string("name", 100).notNullable()`; `undefined` where the builder can't be trusted with it. */
export function knexColumn(table: ObjectName, column: Column, naming: Naming, isSafe: IsSafeName): string | undefined {
  const clause = columnClause(table, column, naming);
  const hasExtras =
    column.storage !== null || column.compression !== null || column.statistics !== null || column.options.length > 0 || column.grants.length > 0 ||
    (column.identity !== null && afterSequence(column.identity.sequence, naming).length > 0);
  if (!isSafe(column.name) || clause.includes("?") || hasExtras || (column.comment !== null && !isPlainText(column.comment))) return undefined;
  const isPlain = column.collation === null && column.generated === null && column.identity === null;
  const base = isPlain ? builderType(column) : specificType(table, column, naming);
  return [
    base,
    column.nullable || column.identity !== null ? "" : ".notNullable()",
    column.default === null ? "" : `.defaultTo(${defaultValue(column.default, column.type)})`,
    column.comment === null ? "" : `.comment(${jsText(column.comment)})`,
  ].join("");
}

/** Text that Knex puts between quotes as it should be. */
export function isPlainText(text: string): boolean {
  return !/['?\\]/.test(text);
}

function builderType({ name, type }: Column): string {
  const own = jsText(name);
  const method = METHODS[type];
  if (method !== undefined) return `table.${method}(${own})`;
  const length = /^character varying\((\d+)\)$/.exec(type)?.[1];
  if (length !== undefined) return `table.string(${own}, ${length})`;
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined && scale !== undefined) return `table.decimal(${own}, ${precision}, ${scale})`;
  const [, fraction, zone] = /^timestamp(?:\((\d)\))? (with|without) time zone$/.exec(type) ?? [];
  if (zone !== undefined) {
    const options = [zone === "without" ? "useTz: false" : "", fraction === undefined ? "" : `precision: ${fraction}`].filter((part) => part !== "");
    return `table.timestamp(${own}, { ${options.join(", ")} })`;
  }
  return `table.specificType(${own}, ${jsText(type)})`;
}

/** All that Knex has no word for stands behind the type, as text. */
function specificType(table: ObjectName, column: Column, naming: Naming): string {
  const clause = columnClause(table, { ...column, default: null, nullable: true }, naming);
  return `table.specificType(${jsText(column.name)}, ${jsText(clause)})`;
}

function defaultValue(value: string, type: string): string {
  if (type === "boolean" && (value === "true" || value === "false")) return value;
  // Knex puts numbers in quotes, which is another expression for all other types.
  if (type === "integer" && /^\d{1,9}$/.test(value)) return value;
  const text = /^'([^'\\]*)'::(?:text|character varying)$/.exec(value)?.[1];
  if (text !== undefined && (type === "text" || type.startsWith("character varying"))) return jsText(text);
  return `knex.raw(${jsText(value)})`;
}
