import { quoteIdentifier, unquoteIdentifier } from "../../schema/identifier.js";
import { sqlTokens } from "../../schema/sql-tokens.js";

/**
 * Whether two `RANGE (a, lower(b))` may be one: the same strategy on the same columns. Where both have an expression they are taken to agree, as only
 * PostgreSQL could tell, and a partitioned table can't get another key anyway.
 */
export function isSamePartitioning(left: string, right: string): boolean {
  const [ours, theirs] = [partitioning(left), partitioning(right)];
  return (
    ours.strategy === theirs.strategy && ours.keys.length === theirs.keys.length &&
    ours.keys.every((key, place) => key === theirs.keys[place])
  );
}

/** Columns as PostgreSQL quotes them; `undefined` for anything more. */
function partitioning(text: string): { readonly strategy: string; readonly keys: readonly (string | undefined)[] } {
  const [, strategy = "", inside = ""] = /^\s*(\w+)\s*\((.*)\)\s*$/s.exec(text) ?? [];
  const keys: string[] = [""];
  let depth = 0;
  for (const token of sqlTokens(inside)) {
    depth += token === "(" ? 1 : token === ")" ? -1 : 0;
    if (token === "," && depth === 0) keys.push("");
    else keys.push((keys.pop() ?? "") + token);
  }
  return { strategy: strategy.toLowerCase(), keys: keys.map((key) => column(key.trim())) };
}

function column(key: string): string | undefined {
  if (/^"(?:[^"]|"")*"$/.test(key)) return quoteIdentifier(unquoteIdentifier(key));
  return /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*$/.test(key) ? quoteIdentifier(key.toLowerCase()) : undefined;
}
