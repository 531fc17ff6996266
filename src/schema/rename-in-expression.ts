import { quoteIdentifier } from "./identifier.js";
import { sqlTokens } from "./sql-tokens.js";

/**
 * The expression after one of its columns was renamed. Good enough to see that nothing else changed, not to be run: a name behind a
 * cast, before a parenthesis or after a dot is taken for a type, function or attribute.
 */
export function renameInExpression(expression: string, from: string, to: string): string {
  const tokens = sqlTokens(expression);
  const [old, renamed] = [quoteIdentifier(from), quoteIdentifier(to)];
  return tokens
    .map((token, place) => {
      const before = tokens[place - 1];
      const isColumn = token === old && before !== "::" && before !== "." && tokens[place + 1] !== "(";
      return isColumn ? renamed : token;
    })
    .join("");
}
