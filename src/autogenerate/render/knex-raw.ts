import { sqlTokens } from "../../schema/sql-tokens.js";
import { jsText } from "./js-text.js";

/** `await knex.raw("…");` */
export function rawCall(sql: string): string {
  return `await knex.raw(${jsText(escapeForKnex(sql))});`;
}

/**
 * SQL as `knex.raw` takes it: a bare question mark is a place for a value there, and one behind backslashes can't be told from an escaped one,
 * so that within such a literal it becomes `\x3F`, and a literal in dollars one in quotes.
 */
export function escapeForKnex(sql: string): string {
  if (!sql.includes("?")) return sql;
  return sqlTokens(sql)
    .map((token) => {
      if (!token.includes("?")) return token;
      const isLiteral = token.endsWith("'") || token.startsWith("$");
      if (!isLiteral || !token.includes("\\")) return token.replaceAll("?", "\\?");
      const quoted = token.startsWith("$") ? quoteDollars(token) : token;
      const escaped = /^e/i.test(quoted) ? quoted : `E${quoted.replaceAll("\\", "\\\\")}`;
      return escaped.replaceAll(/((?:\\\\)*)\\?\?/g, "$1\\x3F");
    })
    .join("");
}

/** `$tag$it's$tag$` → `'it''s'` */
function quoteDollars(token: string): string {
  const tag = token.slice(0, token.indexOf("$", 1) + 1);
  return `'${token.slice(tag.length, -tag.length).replaceAll("'", "''")}'`;
}
