const OUTSIDE = /["'`/]|(?<![\w$.])(?:exports?|module|const|let|var)(?![\w$])/g;
const INSIDE_TEMPLATE = /["'`/{}]/g;
/** Words before which a slash begins a regular expression, though they end like an operand. */
const OPERATOR_WORD = /(?:^|[^\w$.])(?:return|typeof|case|in|of|delete|void|throw|new|else|do|await|yield)$/;

function endOfQuoted(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === quote) return at + 1;
    else if (character === "\n") return at;
  }
  return text.length;
}

/** Returns the offset behind the template's text up to its end or its next `${`. */
function endOfTemplateText(text: string, start: number): { readonly end: number; readonly substitution: boolean } {
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "`") return { end: at + 1, substitution: false };
    else if (character === "$" && text[at + 1] === "{") return { end: at + 2, substitution: true };
  }
  return { end: text.length, substitution: false };
}

function beginsRegularExpression(text: string, slash: number): boolean {
  let at = slash - 1;
  while (at >= 0 && (text[at] === " " || text[at] === "\t" || text[at] === "\n" || text[at] === "\r")) at--;
  if (at < 0) return true;
  if (/[)\]"'`]/.test(text[at] ?? "")) return false;
  if (/[\w$]/.test(text[at] ?? "")) return OPERATOR_WORD.test(text.slice(Math.max(0, at - 12), at + 1));
  return true;
}

function endOfRegularExpression(text: string, slash: number): number {
  let inClass = false;
  for (let at = slash + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\n") return slash + 1;
    if (character === "\\") at++;
    else if (character === "[") inClass = true;
    else if (character === "]") inClass = false;
    else if (character === "/" && !inClass) return at + 1;
  }
  return slash + 1;
}

function endOfSlash(text: string, slash: number): number {
  if (text[slash + 1] === "/") {
    const end = text.indexOf("\n", slash);
    return end < 0 ? text.length : end;
  }
  if (text[slash + 1] === "*") {
    const end = text.indexOf("*/", slash + 2);
    return end < 0 ? text.length : end + 2;
  }
  return beginsRegularExpression(text, slash) ? endOfRegularExpression(text, slash) : slash + 1;
}

/**
 * Calls `visit` for each word `export`, `exports`, `module`, `const`, `let` and `var` of JavaScript or TypeScript code, in order, passing over
 * comments, strings, templates (their substitutions too) and regular expressions. `visit` returns the offset to go on from.
 *
 * Where a slash could be a division or a regular expression, the character before it decides; a wrong guess is mended at the line's end.
 */
export function scanCode(text: string, visit: (word: string, start: number) => number): void {
  /** One number for each template around us: how many braces are open in its substitution. */
  const substitutions: number[] = [];
  let at = 0;
  const template = (start: number): number => {
    const { end, substitution } = endOfTemplateText(text, start);
    if (substitution) substitutions.push(0);
    return end;
  };
  for (;;) {
    const pattern = substitutions.length === 0 ? OUTSIDE : INSIDE_TEMPLATE;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return;
    const [token] = found;
    const start = found.index;
    const depth = substitutions.length - 1;
    if (token === '"' || token === "'") at = endOfQuoted(text, start, token);
    else if (token === "`") at = template(start + 1);
    else if (token === "/") at = endOfSlash(text, start);
    else if (token === "{") {
      substitutions[depth] = (substitutions[depth] ?? 0) + 1;
      at = start + 1;
    } else if (token === "}") {
      if (substitutions[depth] === 0) {
        substitutions.pop();
        at = template(start + 1);
      } else {
        substitutions[depth] = (substitutions[depth] ?? 0) - 1;
        at = start + 1;
      }
    } else at = visit(token, start);
  }
}
