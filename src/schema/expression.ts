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
