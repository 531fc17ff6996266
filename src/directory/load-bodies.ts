import { readFileSync } from "node:fs";
import { join } from "node:path";
import { GmigError } from "../errors.js";
import { loadModules } from "../load/load-modules.js";
import { readSqlRevision } from "../revision/read-sql-header.js";
import type { Body, BodyPart } from "./body.js";
import { pathOf, type RevisionFile } from "./revision-file.js";

export interface LoadBodiesOptions {
  readonly root: string;
  readonly cache: string;
}

/** How messages name a revision. */
export interface NamedRevision {
  readonly revision: string;
  readonly file: string;
}

function codePart(exports: Readonly<Record<string, unknown>>, name: "up" | "down", file: NamedRevision): BodyPart | null {
  const fallback = exports["default"] as Readonly<Record<string, unknown>> | null | undefined;
  const value = exports[name] ?? (typeof fallback === "object" && fallback !== null ? fallback[name] : undefined);
  if (value === undefined || value === null) return null;
  if (typeof value === "function") return { kind: "code", run: value as (knex: never) => unknown };
  throw new GmigError("REVISION_MALFORMED", `${file.file}: ${name} must be a function`, { data: { revision: file.revision, file: file.file } });
}

function sqlBody(text: string): Body {
  const { up, down } = readSqlRevision(text);
  const part = (span: typeof up): BodyPart | null => (span === null ? null : { kind: "sql", sql: text.slice(span.start, span.end).trim() });
  return { up: part(up), down: part(down), text };
}

/**
 * Returns the body of a revision from its text, and from what its module exports; null for SQL.
 *
 * @throws GmigError REVISION_MALFORMED when up or down is no function.
 */
export function bodyOf(text: string, exports: Readonly<Record<string, unknown>> | null, file: NamedRevision): Body {
  return exports === null ? sqlBody(text) : { up: codePart(exports, "up", file), down: codePart(exports, "down", file), text };
}

/**
 * Loads the bodies of revisions, in one go, so that what they share is loaded once. Nothing of them runs but their modules' top level.
 *
 * @throws GmigError REVISION_MALFORMED for a file that does not compile, throws while it is loaded, or whose up or down is no function.
 */
export async function loadBodies(files: readonly RevisionFile[], options: LoadBodiesOptions): Promise<ReadonlyMap<string, Body>> {
  // One after the other: a thousand promises of it take five times as long, and hold a thousand files open.
  const texts = files.map((file) => readFileSync(pathOf(file), "utf8"));
  const code = files.filter(({ style }) => style !== "sql");
  const modules = await loadModules(
    code.map(pathOf),
    { root: options.root, cache: join(options.cache, "modules"), code: "REVISION_MALFORMED" },
  );
  const exportsOf = new Map(code.map((file, index) => [file, modules[index]?.exports ?? {}]));
  return new Map(files.map((file, index) => [file.revision, bodyOf(texts[index] ?? "", exportsOf.get(file) ?? null, file)]));
}
