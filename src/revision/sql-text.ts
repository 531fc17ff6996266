const TOKEN =
  /--[^\n]*|\/\*|\b[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|\s+/g;

function endOfBlockComment(text: string, start: number): number {
  const bound = /\/\*|\*\//g;
  bound.lastIndex = start;
  let depth = 0;
  for (let found = bound.exec(text); found !== null; found = bound.exec(text)) {
    depth += found[0] === "/*" ? 1 : -1;
    if (depth === 0) return bound.lastIndex;
  }
  return text.length;
}

/**
 * Returns SQL with its comments gone and each stretch of white space as one blank (none beside brackets, commas and semicolons), leaving strings,
 * quoted names and dollar quotes as they are: two texts that differ in layout only come out equal.
 * Lexical rules: PostgreSQL's manual, section 4.1.
 */
export function printSql(text: string): string {
  let printed = "";
  let blank = false;
  const print = (piece: string): void => {
    if (piece === "") return;
    if (blank && !/[(,;]$/.test(printed) && !/^[),;]/.test(piece)) printed += " ";
    printed += piece;
    blank = false;
  };
  let at = 0;
  const token = new RegExp(TOKEN);
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    print(text.slice(at, found.index));
    const [piece] = found;
    at = found.index + piece.length;
    if (piece.startsWith("$")) {
      const close = text.indexOf(piece, at);
      at = close < 0 ? text.length : close + piece.length;
      print(text.slice(found.index, at));
    } else if (piece === "/*" || piece.startsWith("--") || piece.trim() === "") {
      if (piece === "/*") at = endOfBlockComment(text, found.index);
      blank = true;
    } else print(piece);
    token.lastIndex = at;
  }
  print(text.slice(at));
  return printed.trim();
}
