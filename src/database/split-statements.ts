import { GmigError } from "../errors.js";

interface ParsedStatement {
  /** In bytes, as the rest; left out when 0. */
  readonly stmt_location?: number;
  readonly stmt_len?: number;
}

/**
 * Splits SQL into its statements with PostgreSQL's own parser, so that dollar quotes, BEGIN ATOMIC bodies and nested comments are what they are there.
 *
 * @throws GmigError REVISION_MALFORMED for what does not parse; `data.position` counts characters from 0.
 */
export async function splitStatements(sql: string): Promise<readonly string[]> {
  if (sql.trim() === "") return [];
  // The parser is 2 MB of WebAssembly: loaded only by who needs it.
  const { parse } = await import("libpg-query");
  let statements: readonly ParsedStatement[];
  try {
    statements = ((await parse(sql)) as { stmts?: readonly ParsedStatement[] }).stmts ?? [];
  } catch (cause) {
    const { message, sqlDetails } = cause as Error & { readonly sqlDetails?: { readonly cursorPosition: number } };
    // PostgreSQL counts code points.
    const position = Array.from(sql).slice(0, sqlDetails?.cursorPosition ?? 0).join("").length;
    throw new GmigError("REVISION_MALFORMED", `The SQL does not parse: ${message}`, { cause, data: { position } });
  }
  const bytes = Buffer.from(sql, "utf8");
  return statements.map(({ stmt_location = 0, stmt_len = 0 }) => {
    const end = stmt_len === 0 ? bytes.length : stmt_location + stmt_len;
    return bytes.subarray(stmt_location, end).toString("utf8").trim();
  });
}
