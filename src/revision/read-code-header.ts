import type { HeaderStyle, Span } from "./header.js";
import { type Literal, readLiteral, skipBlank } from "./literal.js";
import { scanCode } from "./scan-code.js";

/** One `name = value` of a header: `literal` is null where the value is more than a plain literal. */
export interface Declaration {
  readonly name: string;
  readonly literal: Literal | null;
  /** From the first word to the end of the value and its semicolon. */
  readonly statement: Span;
}

export interface CodeHeader {
  readonly style: Exclude<HeaderStyle, "sql">;
  readonly declarations: readonly Declaration[];
}

const NAMES = "revision|parents|dependsOn|labels|created|message|transaction|config";
const EXPORTED = new RegExp(`export\\s+(?:const|let|var)\\s+(${NAMES})\\s*(?::[^=;\\n]*)?=(?!=)`, "y");
const ASSIGNED = new RegExp(`(?:module\\s*\\.\\s*)?exports\\s*\\.\\s*(${NAMES})\\s*=(?!=)`, "y");
const PLAIN = new RegExp(`(?:const|let|var)\\s+(${NAMES})\\s*(?::[^=;\\n]*)?=(?!=)`, "y");
const TYPE_SUFFIX = /\s+(?:as\s+const\b|(?:as|satisfies)\s+[^;\n]*)/y;

function execAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** What compilers write before the real values: `exports.up = exports.down = void 0;`. */
function isPlaceholder(text: string, value: number): boolean {
  return text.startsWith("void 0", value) || text.startsWith("exports", value) || text.startsWith("undefined", value);
}

/** Whether nothing but the statement's end stands behind a value, so that it is the whole of it. */
function endsAt(text: string, at: number): { readonly complete: boolean; readonly end: number } {
  const suffix = execAt(TYPE_SUFFIX, text, at);
  const valueEnd = at + (suffix?.[0].length ?? 0);
  const next = skipBlank(text, valueEnd);
  if (text[next] === ";") return { complete: true, end: next + 1 };
  const onNewLine = text.slice(valueEnd, next).includes("\n");
  return { complete: next >= text.length || (onNewLine && !/[-+*/.,[(?%&|^<>=]/.test(text[next] ?? "")), end: valueEnd };
}

function readDeclaration(text: string, start: number, found: RegExpExecArray): Declaration | null {
  const value = skipBlank(text, start + found[0].length);
  if (isPlaceholder(text, value)) return null;
  const literal = readLiteral(text, value);
  const name = found[1] ?? "";
  if (literal === null) return { name, literal, statement: { start, end: value } };
  const { complete, end } = endsAt(text, literal.end);
  return { name, literal: complete ? literal : null, statement: { start, end } };
}

/**
 * Finds the header's declarations in JavaScript or TypeScript: `export const revision = …`, `exports.revision = …`, and, where a compiler has
 * gathered the exports at the end of the file, `const revision = …` at the beginning of a line.
 */
export function readCodeHeader(text: string): CodeHeader {
  const exported: Declaration[] = [];
  const assigned: Declaration[] = [];
  const plain: Declaration[] = [];
  scanCode(text, (word, start) => {
    const behind = start + word.length;
    const [pattern, list] = word === "export" ? [EXPORTED, exported] : word === "exports" || word === "module" ? [ASSIGNED, assigned] : [PLAIN, plain];
    if (list === plain && start > 0 && text[start - 1] !== "\n") return behind;
    const found = execAt(pattern, text, start);
    if (found === null) return behind;
    const declaration = readDeclaration(text, start, found);
    if (declaration === null) return behind;
    list.push(declaration);
    return declaration.statement.end;
  });
  if (exported.length > 0) return { style: "esm", declarations: exported };
  if (assigned.length > 0) return { style: "commonjs", declarations: assigned };
  const commonjs = /(?<![\w$.])(?:module\.exports|exports\b)/.test(text) && !/^export\b/m.test(text);
  return { style: commonjs ? "commonjs" : "esm", declarations: plain.some(({ name }) => name === "revision") ? plain : [] };
}
