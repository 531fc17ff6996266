/** The text as JavaScript source: in double quotes, or as a template where it holds double quotes or runs over lines. */
export function jsText(text: string): string {
  const needsEscapes = /`|\$\{/.test(text) || JSON.stringify(text.replaceAll(/["\n]/g, "")).includes("\\");
  const isTemplate = /["\n]/.test(text) && !needsEscapes && !/[\u2028\u2029]/.test(text);
  if (isTemplate) return `\`${text}\``;
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** A list of texts as JavaScript source: `["a", "b"]`. */
export function jsList(texts: readonly string[]): string {
  return `[${texts.map(jsText).join(", ")}]`;
}

/** The name as a property key: bare where JavaScript allows it. */
export function jsKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
