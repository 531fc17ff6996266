import type { Span } from "./header.js";

/** A value that a header may hold, with where it stands. */
export interface Literal extends Span {
  readonly value: string | boolean | readonly string[] | ReadonlyMap<string, string | boolean | readonly string[]>;
}

const BLANK = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const QUOTED = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`/y;
const WORD = /(?:true|false)\b/y;
const KEY = /([A-Za-z_$][\w$]*|"[^"\n]*"|'[^'\n]*')\s*:/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Returns the offset behind white space and comments. */
export function skipBlank(text: string, at: number): number {
  return at + (match(BLANK, text, at)?.[0].length ?? 0);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", v: "\v", "0": "\0", "\n": "", "\r\n": "" };

function unescape(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (!inner.includes("\\")) return inner;
  return inner.replace(/\\(u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|\r\n|[\s\S])/g, (_, escape: string) => {
    if (/^[ux][{0-9a-fA-F]/.test(escape) && escape.length > 1) {
      return String.fromCodePoint(Number.parseInt(escape.replace(/[ux{}]/g, ""), 16));
    }
    return ESCAPES[escape] ?? escape;
  });
}

function readStrings(text: string, open: number): Literal | null {
  const value: string[] = [];
  let at = skipBlank(text, open + 1);
  while (text[at] !== "]") {
    const quoted = match(QUOTED, text, at)?.[0];
    if (quoted === undefined) return null;
    value.push(unescape(quoted));
    at = skipBlank(text, at + quoted.length);
    if (text[at] === ",") at = skipBlank(text, at + 1);
    else if (text[at] !== "]") return null;
  }
  return { value, start: open, end: at + 1 };
}

function readObject(text: string, open: number): Literal | null {
  const value = new Map<string, string | boolean | readonly string[]>();
  let at = skipBlank(text, open + 1);
  while (text[at] !== "}") {
    const key = match(KEY, text, at);
    if (key?.[1] === undefined) return null;
    const member = readLiteral(text, skipBlank(text, at + key[0].length));
    if (member === null || member.value instanceof Map) return null;
    value.set(key[1].replace(/^["']|["']$/g, ""), member.value as string | boolean | readonly string[]);
    at = skipBlank(text, member.end);
    if (text[at] === ",") at = skipBlank(text, at + 1);
    else if (text[at] !== "}") return null;
  }
  return { value, start: open, end: at + 1 };
}

/**
 * Reads the plain JavaScript literal at an offset: a string (or a template without substitutions), a boolean, a list of strings,
 * or a flat object of these. Returns null for anything else, an expression among them.
 */
export function readLiteral(text: string, at: number): Literal | null {
  if (text[at] === "[") return readStrings(text, at);
  if (text[at] === "{") return readObject(text, at);
  const quoted = match(QUOTED, text, at)?.[0];
  if (quoted !== undefined) return { value: unescape(quoted), start: at, end: at + quoted.length };
  const word = match(WORD, text, at)?.[0];
  if (word !== undefined) return { value: word === "true", start: at, end: at + word.length };
  return null;
}
