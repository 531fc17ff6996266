import { quoteLiteral } from "./ledger-tables.js";

/** What pg's `prepareValue` makes of a value before it is sent. */
export type PrepareValue = (value: unknown) => unknown;

/** Everything in which `$1` is not a placeholder: strings, quoted names, dollar quotes, comments; and the placeholders. */
const TOKEN = /\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\d+)/g;

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Buffer.isBuffer(value)) return quoteLiteral(`\\x${value.toString("hex")}`);
  return quoteLiteral(typeof value === "string" ? value : JSON.stringify(value));
}

/**
 * Returns a statement with its values written in, each as a literal of unknown type, which is what the driver sends: the server then reads the same
 * in both. `prepare` is the driver's own conversion, since Knex's inlining is wrong for buffers and dates.
 */
export function inlineValues(sql: string, values: readonly unknown[], prepare: PrepareValue): string {
  if (values.length === 0) return sql;
  return sql.replace(TOKEN, (token, _tag, index: string | undefined) => (index === undefined ? token : literal(prepare(values[Number(index) - 1]))));
}
