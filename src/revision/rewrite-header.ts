import type { HeaderReading, Span } from "./header.js";
import { quote } from "./write-revision.js";

/** Returns the text with other parents in its header and every other byte as it was. */
export function withParents(text: string, reading: HeaderReading, parents: readonly string[]): string {
  const { start, end } = reading.parentsSpan;
  if (reading.style !== "sql") return `${text.slice(0, start)}[${parents.map(quote).join(", ")}]${text.slice(end)}`;
  const key = text.slice(0, start).trimEnd();
  return `${key}${parents.length > 0 ? " " : ""}${parents.join(", ")}${text.slice(end)}`;
}

/** Returns the text without its header's statements: what is left of a revision when only its body counts. */
export function withoutHeader(text: string, statements: readonly Span[]): string {
  let rest = "";
  let at = 0;
  for (const { start, end } of statements) {
    rest += text.slice(at, start);
    at = end;
  }
  return rest + text.slice(at);
}
