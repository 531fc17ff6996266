/**
 * A literal, in dollars or in quotes, in which a backslash is one unless an E stands before, a quoted or bare identifier, a cast, white space, or any
 * other character of SQL as PostgreSQL prints it.
 */
const TOKEN =
  /\$(?<tag>(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[^]*?\$\k<tag>\$|[Ee]'(?:[^'\\]|''|\\[^])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|::|\s+|[^]/g;

/** The text cut into tokens; joined they are the text again. Comments are not known. */
export function sqlTokens(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}
