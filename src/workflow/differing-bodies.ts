import { extname } from "node:path";
import { printBodies } from "../load/print-body.js";
import { readHeader } from "../revision/read-header.js";
import { withoutHeader } from "../revision/rewrite-header.js";
import { printSql } from "../revision/sql-text.js";

function bodyText(text: string, name: string): string {
  const result = readHeader(text, name);
  return result !== null && "reading" in result ? withoutHeader(text, result.reading.statements) : text;
}

/** Two texts of one revision. */
export interface BodyPair {
  readonly revision: string;
  readonly name: string;
  readonly before: string;
  readonly now: string;
}

/** Returns the revisions whose two texts differ in more than header, comments and layout. `name` says by its extension how to read both. */
export async function differingBodies(pairs: readonly BodyPair[]): Promise<readonly string[]> {
  const sql = pairs.filter(({ name }) => name.endsWith(".sql"));
  const code = pairs.filter(({ name }) => !name.endsWith(".sql"));
  const changed = sql.filter(({ before, now, name }) => printSql(bodyText(before, name)) !== printSql(bodyText(now, name)));
  const texts = code.flatMap(({ before, now, name }) => [bodyText(before, name), bodyText(now, name)].map((text) => ({ text, extension: extname(name) })));
  const printed = texts.length === 0 ? [] : await printBodies(texts);
  const changedCode = code.filter((_, index) => printed[2 * index] !== printed[2 * index + 1]);
  return [...changed, ...changedCode].map(({ revision }) => revision);
}
