import { GmigError } from "../errors.js";

/** What gmig did to a file beside adding its lines, so that it can be undone to the byte. */
type Trace = "" | " and this file" | " and ended the line above";

interface Block {
  readonly start: number;
  readonly end: number;
  readonly indent: string;
  readonly trace: Trace;
}

const WORDS = "gmig hooks install wrote these lines";
const UNTIL = "; gmig hooks uninstall removes them";
const SHEBANG = "#!/bin/sh\n";

function findBlock(text: string, name: string): Block | null {
  const begin = new RegExp(`^([ \\t]*)# >>> gmig ${name} >>>(.*)\\n`, "m").exec(text);
  if (begin === null) return null;
  const from = begin.index + begin[0].length;
  const end = new RegExp(`^[ \\t]*# <<< gmig ${name} <<<(?:\\n|$)`, "m").exec(text.slice(from));
  if (end === null) throw new GmigError("CONFIG_INVALID", `The lines that gmig marked for ${name} begin and do not end: the line "# <<< gmig ${name} <<<" is missing`, { data: { name } });
  const trace = ([" and this file", " and ended the line above"] as const).find((words) => begin[2]?.includes(WORDS + words)) ?? "";
  return { start: begin.index, end: from + end.index + end[0].length, indent: begin[1] ?? "", trace };
}

function blockText(name: string, lines: readonly string[], indent: string, trace: Trace): string {
  const all = [`# >>> gmig ${name} >>> ${WORDS}${trace}${UNTIL}`, ...lines, `# <<< gmig ${name} <<<`];
  return all.map((line) => `${indent}${line}\n`).join("");
}

/** Whether a text has gmig's lines of this name. */
export function hasBlock(text: string, name: string): boolean {
  return new RegExp(`^[ \\t]*# >>> gmig ${name} >>>`, "m").test(text);
}

/**
 * Returns the text with marked lines in it: where they stand already, else at the offset, which is at a line's beginning or the text's end.
 *
 * @throws GmigError CONFIG_INVALID when a block begins and does not end.
 */
export function putBlock(text: string, name: string, lines: readonly string[], offset: number, indent = ""): string {
  const found = findBlock(text, name);
  if (found !== null) return text.slice(0, found.start) + blockText(name, lines, found.indent, found.trace) + text.slice(found.end);
  const isUnended = offset > 0 && text[offset - 1] !== "\n";
  const block = blockText(name, lines, indent, isUnended ? " and ended the line above" : "");
  return `${text.slice(0, offset)}${isUnended ? "\n" : ""}${block}${text.slice(offset)}`;
}

/** Returns a new file of marked lines; a shell script's first line may stand before them. */
export function newFile(name: string, lines: readonly string[], options: { readonly shebang: boolean }): string {
  return (options.shebang ? SHEBANG : "") + blockText(name, lines, "", " and this file");
}

/**
 * Returns the text without the marked lines, as it was before; null for a file that gmig had made and that holds nothing else.
 *
 * @throws GmigError CONFIG_INVALID when a block begins and does not end.
 */
export function dropBlock(text: string, name: string): string | null {
  const found = findBlock(text, name);
  if (found === null) return text;
  const [before, after] = [text.slice(0, found.start), text.slice(found.end)];
  if (found.trace === " and ended the line above" && after === "") return before.slice(0, -1);
  const rest = before + after;
  return found.trace === " and this file" && (rest === "" || rest === SHEBANG) ? null : rest;
}
