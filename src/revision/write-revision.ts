import type { Header } from "./header.js";

/** How a revision file is written. `ts` is TypeScript, `esm` and `commonjs` are JavaScript. */
export type RevisionFormat = "ts" | "esm" | "commonjs" | "sql";

/** What stands around and inside the two functions; bodies are indented lines without the braces. */
export interface RevisionBody {
  /** Lines for the top of the file, without comment signs. */
  readonly comment?: readonly string[];
  readonly up: string;
  readonly down: string;
}

const EMPTY_CODE: RevisionBody = { up: "  // what takes the database forward", down: "  // what takes it back" };
const EMPTY_SQL: RevisionBody = { up: "-- what takes the database forward", down: "-- what takes it back" };

/** Returns the body of a file that does nothing yet. */
export function emptyBody(format: RevisionFormat): RevisionBody {
  return format === "sql" ? EMPTY_SQL : EMPTY_CODE;
}

/** Returns a JavaScript string literal that is safe in any file: JSON, with the two line separators escaped too. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (separator) => (separator === "\u2028" ? "\\u2028" : "\\u2029"));
}

function list(values: readonly string[]): string {
  return `[${values.map(quote).join(", ")}]`;
}

/** Returns the header as key and JavaScript value, leaving out what has its default. */
function codeValues(header: Header): readonly (readonly [string, string])[] {
  return [
    ["revision", quote(header.revision)],
    ["parents", list(header.parents)],
    ...(header.dependsOn.length > 0 ? [["dependsOn", list(header.dependsOn)] as const] : []),
    ...(header.labels.length > 0 ? [["labels", list(header.labels)] as const] : []),
    ["created", quote(header.created)],
    ["message", quote(header.message)],
    ...(header.transaction ? [] : [["transaction", "false"] as const]),
  ];
}

/** A message on one line: as it is, or as a JSON string where that would not read back the same. */
function sqlMessage(message: string): string {
  return message === message.trim() && !message.startsWith('"') && !/\p{Cc}|[\u2028\u2029]/u.test(message) ? message : quote(message);
}

function sqlValues(header: Header): readonly (readonly [string, string])[] {
  return [
    ["revision", header.revision],
    ["parents", header.parents.join(", ")],
    ...(header.dependsOn.length > 0 ? [["dependsOn", header.dependsOn.join(", ")] as const] : []),
    ...(header.labels.length > 0 ? [["labels", header.labels.join(", ")] as const] : []),
    ["created", header.created],
    ["message", sqlMessage(header.message)],
    ...(header.transaction ? [] : [["transaction", "false"] as const]),
  ];
}

function comment(sign: string, lines: readonly string[] | undefined): string {
  return lines === undefined || lines.length === 0 ? "" : `${lines.map((line) => `${sign} ${line}`.trimEnd()).join("\n")}\n`;
}

function writeSql(header: Header, body: RevisionBody): string {
  const lines = sqlValues(header).map(([key, value]) => `-- gmig ${key}: ${value}`.trimEnd());
  return `${lines.join("\n")}\n${comment("--", body.comment)}\n-- gmig up\n${body.up}\n\n-- gmig down\n${body.down}\n`;
}

function writeCode(header: Header, format: Exclude<RevisionFormat, "sql">, body: RevisionBody): string {
  const prefix = format === "commonjs" ? "exports." : "export const ";
  const values = codeValues(header)
    .map(([key, value]) => `${prefix}${key} = ${value};\n`)
    .join("");
  const opening = (name: string): string =>
    format === "ts"
      ? `export async function ${name}(knex: Knex): Promise<void> {`
      : `/** @param {import("knex").Knex} knex */\n${format === "esm" ? `export async function ${name}` : `exports.${name} = async function ${name}`}(knex) {`;
  const closing = format === "commonjs" ? "};" : "}";
  const typeImport = format === "ts" ? 'import type { Knex } from "knex";\n\n' : "";
  const functions = (["up", "down"] as const).map((name) => `\n${opening(name)}\n${body[name]}\n${closing}\n`).join("");
  return `${comment("//", body.comment)}${typeImport}${values}${functions}`;
}

/** Returns the whole text of a revision file; without a body it loads and runs as it is, doing nothing. */
export function writeRevision(header: Header, format: RevisionFormat, body: RevisionBody = emptyBody(format)): string {
  return format === "sql" ? writeSql(header, body) : writeCode(header, format, body);
}
