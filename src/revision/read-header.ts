import { HEADER_DEFAULTS, type Header, type HeaderReading, type Span } from "./header.js";
import type { Problem } from "./problem.js";
import { type CodeHeader, readCodeHeader } from "./read-code-header.js";
import { readSqlRevision } from "./read-sql-header.js";

/** A header that was read; or what is wrong with it; or null for a file that is no revision but a revision's neighbour. */
export type HeaderResult = { readonly reading: HeaderReading } | { readonly problems: readonly Problem[] } | null;

type Value = string | boolean | readonly string[] | ReadonlyMap<string, unknown>;

interface Entry {
  readonly name: string;
  /** Null where the value is no plain literal. */
  readonly value: Value | null;
  readonly valueSpan: Span | null;
  readonly statement: Span;
}

interface KindOfValue {
  readonly expected: string;
  readonly accepts: (value: Value) => boolean;
}

const TEXT: KindOfValue = { expected: "a string", accepts: (value) => typeof value === "string" };
const LIST: KindOfValue = { expected: "a list of strings", accepts: (value) => Array.isArray(value) };
const FLAG: KindOfValue = { expected: "true or false", accepts: (value) => typeof value === "boolean" };
const OBJECT: KindOfValue = { expected: "an object", accepts: (value) => value instanceof Map };

const KINDS: Readonly<Record<string, KindOfValue>> = {
  revision: TEXT,
  parents: LIST,
  dependsOn: LIST,
  labels: LIST,
  created: TEXT,
  message: TEXT,
  transaction: FLAG,
  config: OBJECT,
};

/** File names that are a revision's by form, so that one whose header is gone is missed. */
const NAMED_AS_REVISION = /(?:^|\/)\d{8,}[^/]*$/;
const HAS_BODY = /\bexport\s+(?:async\s+)?(?:function|const)\s+(?:up|down)\b|\bexports\s*\.\s*(?:up|down)\b|^--[ \t]*gmig\b/m;
const CONFLICT = /^<{7} [^\n]*\n[\s\S]*^>{7} /m;

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}

/** Returns the time in UTC to the second (or finer where the text is), or null when the text is no time. */
export function normaliseTime(text: string): string | null {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(text)) return Number.isNaN(Date.parse(text)) ? null : text;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.000Z$/, "Z");
}

function entriesOfCode(code: CodeHeader): readonly Entry[] {
  return code.declarations.map(({ name, literal, statement }) => ({
    name,
    value: literal?.value ?? null,
    valueSpan: literal === null ? null : { start: literal.start, end: literal.end },
    statement,
  }));
}

function sqlMessage(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

function sqlValue(name: string, text: string): Value | null {
  const kind = KINDS[name];
  if (kind === LIST) return text.split(/[\s,]+/).filter((item) => item !== "");
  if (kind === FLAG) return text === "true" ? true : text === "false" ? false : null;
  return name === "message" ? sqlMessage(text) : text;
}

function entriesOfSql(text: string): readonly Entry[] {
  return readSqlRevision(text).declarations.map(({ name, value, valueSpan, statement }) => ({ name, value: sqlValue(name, value), valueSpan, statement }));
}

function transactionOf(entries: ReadonlyMap<string, Value>): boolean {
  const config = entries.get("config");
  const own = entries.get("transaction") ?? (config instanceof Map ? config.get("transaction") : undefined);
  return own !== false;
}

function toHeader(values: ReadonlyMap<string, Value>, created: string): Header {
  const list = (name: string): readonly string[] => (values.get(name) as readonly string[] | undefined) ?? [];
  const text = (name: string): string => (values.get(name) as string | undefined) ?? "";
  return Object.freeze({
    revision: text("revision"),
    parents: Object.freeze([...list("parents")]),
    dependsOn: list("dependsOn").length === 0 ? HEADER_DEFAULTS.dependsOn : Object.freeze([...list("dependsOn")]),
    labels: list("labels").length === 0 ? HEADER_DEFAULTS.labels : Object.freeze([...list("labels")]),
    created,
    message: text("message"),
    transaction: transactionOf(values),
  });
}

/**
 * Reads the header of a revision file from its text. `file` is its name, whose extension says how to read it.
 *
 * A file without any header is a neighbour (null), unless it has an `up` or `down` or is named like a revision: then the header is missing.
 */
export function readHeader(text: string, file: string): HeaderResult {
  const malformed = (message: string, offset: number, revision?: string): Problem => ({
    code: "REVISION_MALFORMED",
    message: `${file}:${lineAt(text, offset)}: ${message}`,
    revisions: revision === undefined ? [] : [revision],
    file,
    line: lineAt(text, offset),
    hint: `edit ${file}`,
  });
  const conflict = text.includes("<<<<<<< ") ? CONFLICT.exec(text) : null;
  if (conflict !== null) {
    const line = lineAt(text, conflict.index);
    const message = `${file}:${line}: conflict markers were left in the file`;
    return { problems: [{ code: "CONFLICT_MARKERS", message, revisions: [], file, line, hint: `edit ${file}` }] };
  }
  const isSql = file.endsWith(".sql");
  const code = isSql ? null : readCodeHeader(text);
  const entries = code === null ? entriesOfSql(text) : entriesOfCode(code);
  if (entries.length === 0 && !NAMED_AS_REVISION.test(file) && !HAS_BODY.test(text)) return null;

  const problems: Problem[] = [];
  const values = new Map<string, Value>();
  for (const { name, value, statement } of entries) {
    const kind = KINDS[name];
    if (kind === undefined) problems.push(malformed(`the header has no key "${name}"`, statement.start));
    else if (values.has(name)) problems.push(malformed(`"${name}" stands twice in the header`, statement.start));
    else if (value === null || !kind.accepts(value)) problems.push(malformed(`"${name}" must be written out as ${kind.expected}`, statement.start));
    else values.set(name, value);
  }
  const id = values.get("revision");
  const revision = typeof id === "string" ? id : undefined;
  const spelling = (name: string): string => (isSql ? `-- gmig ${name}: …` : `export const ${name} = …`);
  for (const name of ["revision", "parents"]) {
    if (!entries.some((entry) => entry.name === name)) problems.push(malformed(`the header lacks "${name}" (${spelling(name)})`, 0, revision));
  }
  const written = values.get("created");
  const created = typeof written === "string" && written !== "" ? normaliseTime(written) : "";
  if (created === null) {
    const at = entries.find(({ name }) => name === "created")?.statement.start ?? 0;
    problems.push(malformed(`"created" must be a time like 2026-11-21T18:30:00Z`, at, revision));
  }
  if (isSql && readSqlRevision(text).up === null) problems.push(malformed(`the line "-- gmig up" is missing`, 0, revision));
  const parentsSpan = entries.find(({ name }) => name === "parents")?.valueSpan ?? null;
  if (problems.length > 0 || created === null || parentsSpan === null) return { problems };
  return {
    reading: { header: toHeader(values, created), style: code?.style ?? "sql", parentsSpan, statements: entries.map(({ statement }) => statement) },
  };
}
