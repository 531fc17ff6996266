import { quoteIdentifier } from "./identifier.js";

/** A literal, a quoted or bare identifier, a cast, or any other character of SQL as PostgreSQL prints it. */
const TOKEN = /E?'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|::|\s+|[^]/g;

/**
 * The expression after one of its columns was renamed. Good enough to see that nothing else changed, not to be run: a name behind a
 * cast, before a parenthesis or after a dot is taken for a type, function or attribute.
 */
export function renameInExpression(expression: string, from: string, to: string): string {
  const tokens = expression.match(TOKEN) ?? [];
  const [old, renamed] = [quoteIdentifier(from), quoteIdentifier(to)];
  return tokens
    .map((token, place) => {
      const before = tokens[place - 1];
      const isColumn = token === old && before !== "::" && before !== "." && tokens[place + 1] !== "(";
      return isColumn ? renamed : token;
    })
    .join("");
}
