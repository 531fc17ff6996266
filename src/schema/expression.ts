/** The expression in one pair of parentheses, its own if they enclose it whole: `a > 0` and `(a > 0)` → `(a > 0)`. */
export function inParentheses(expression: string): string {
  return isEnclosed(expression) ? expression : `(${expression})`;
}

/** The expression without the parentheses that enclose it whole. */
export function withoutParentheses(expression: string): string {
  return isEnclosed(expression) ? withoutParentheses(expression.slice(1, -1)) : expression;
}

function isEnclosed(expression: string): boolean {
  if (!expression.startsWith("(") || !expression.endsWith(")")) return false;
  let depth = 0;
  let quote = "";
  for (let place = 0; place < expression.length; place++) {
    const character = expression.charAt(place);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === "'" || character === '"') quote = character;
    else if (character === "(") depth++;
    else if (character === ")" && --depth === 0) return place === expression.length - 1;
  }
  return false;
}

/** The parts between separators that stand in no parentheses or brackets. Nothing may be quoted: see `maskQuoted`. */
export function splitAtTop(masked: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let place = 0, depth = 0; place < masked.length; place++) {
    const character = masked.charAt(place);
    if (character === "(" || character === "[") depth++;
    else if (character === ")" || character === "]") depth--;
    else if (depth === 0 && masked.startsWith(separator, place)) {
      parts.push(masked.slice(start, place));
      start = place + separator.length;
      place = start - 1;
    }
  }
  return [...parts, masked.slice(start)];
}

/** Where the parenthesis or bracket that opens at this place closes; the text's length if nowhere. Nothing may be quoted: see `maskQuoted`. */
export function closingPlace(masked: string, opening: number): number {
  let depth = 0;
  for (let place = opening; place < masked.length; place++) {
    const character = masked.charAt(place);
    if (character === "(" || character === "[") depth++;
    else if ((character === ")" || character === "]") && --depth === 0) return place;
  }
  return masked.length;
}
