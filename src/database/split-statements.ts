import { GmigError } from "../errors.js";

interface ParsedStatement {
  /** In bytes, as the rest; left out when 0. */
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

/**
 * Splits SQL into its statements with PostgreSQL's own parser, so that dollar quotes, BEGIN ATOMIC bodies and nested comments are what they are there.
 *
 * @throws GmigError REVISION_MALFORMED for what does not parse.
 */
export async function splitStatements(sql: string): Promise<readonly string[]> {
  // The parser is 2 MB of WebAssembly: loaded only by who needs it.
  const { parse } = await import("libpg-query");
  let statements: readonly ParsedStatement[];
  try {
    statements = ((await parse(sql)) as { stmts?: readonly ParsedStatement[] }).stmts ?? [];
  } catch (cause) {
    throw new GmigError("REVISION_MALFORMED", `The SQL does not parse: ${(cause as Error).message}`, { cause });
  }
  const bytes = Buffer.from(sql, "utf8");
  return statements.map(({ stmt_location = 0, stmt_len = 0 }) => {
    const end = stmt_len === 0 ? bytes.length : stmt_location + stmt_len;
    return bytes.subarray(stmt_location, end).toString("utf8").trim();
  });
}
