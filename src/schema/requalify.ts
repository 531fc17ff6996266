import { unquoteIdentifier } from "./identifier.js";
import type { ObjectName } from "./object-name.js";
import { sqlTokens } from "./sql-tokens.js";

/** The SQL with the schema of each qualified name that `moves` knows replaced: `public.mood` → `scratch.mood`. */
export function requalify(text: string, moves: (name: ObjectName) => string | undefined): string {
  const tokens = sqlTokens(text);
  const isName = (token: string | undefined): token is string => token !== undefined && /^["A-Za-z_\u0080-\uffff]/.test(token);
  return tokens
    .map((token, place) => {
      const last = tokens[place + 2];
      if (!isName(token) || tokens[place + 1] !== "." || !isName(last) || tokens[place - 1] === ".") return token;
      return moves({ schema: fold(token), name: fold(last) }) ?? token;
    })
    .join("");
}

/** A bare name means its small letters. */
function fold(token: string): string {
  return token.startsWith('"') ? unquoteIdentifier(token) : token.toLowerCase();
}
