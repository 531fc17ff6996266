import type { Span } from "./header.js";

/** One `-- gmig key: value` line; `value` begins and ends without white space. */
export interface SqlDeclaration {
  readonly name: string;
  readonly value: string;
  readonly valueSpan: Span;
  readonly statement: Span;
}

export interface SqlRevision {
  readonly declarations: readonly SqlDeclaration[];
  /** The part under `-- gmig up`, and under `-- gmig down`; null where the line is missing. */
  readonly up: Span | null;
  readonly down: Span | null;
}

const DIRECTIVE = /^--[ \t]*gmig[ \t]+(?:(up|down)[ \t]*\r?$|([A-Za-z][\w ]*?)[ \t]*:[ \t]*(.*?)[ \t]*\r?$)/dgm;

/** Finds the `-- gmig` lines of a SQL revision: the header before the first part, and the two parts. */
export function readSqlRevision(text: string): SqlRevision {
  const declarations: SqlDeclaration[] = [];
  const parts: { readonly name: string; readonly line: number; readonly start: number }[] = [];
  for (const found of text.matchAll(DIRECTIVE)) {
    const [line, part, name, value] = found;
    const end = found.index + line.length;
    if (part !== undefined) parts.push({ name: part, line: found.index, start: Math.min(end + 1, text.length) });
    else if (parts.length === 0 && name !== undefined && value !== undefined) {
      const [start = end] = found.indices?.[3] ?? [];
      declarations.push({ name, value, valueSpan: { start, end: start + value.length }, statement: { start: found.index, end } });
    }
  }
  const span = (name: string): Span | null => {
    const index = parts.findIndex((part) => part.name === name);
    const part = parts[index];
    return part === undefined ? null : { start: part.start, end: parts[index + 1]?.line ?? text.length };
  };
  return { declarations, up: span("up"), down: span("down") };
}
