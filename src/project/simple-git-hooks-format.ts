import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { HookFormat, Refusal } from "./hook-format.js";
import { type Hook, hookLines } from "./hook-lines.js";
import { dropBlock, hasBlock, putBlock } from "./marked-block.js";

const KEY = "simple-git-hooks";

/** The object that names the commands: the whole file, or a key of package.json. JSON is YAML, of which the parser tells each value's place. */
function hooksObject(text: string, inManifest: boolean): YAMLMap | null {
  const top: unknown = parseDocument(text).contents;
  if (!isMap(top)) return null;
  const value: unknown = inManifest ? top.get(KEY) : top;
  return isMap(value) ? value : null;
}

function pairOf(map: YAMLMap, hook: Hook): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === hook);
}

/** A pair of texts as it is written: where, and the second one with its quotes. */
interface Place {
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  readonly written: string;
  readonly command: string;
}

function placeOf(text: string, { key, value }: Pair): Place | null {
  if (!isScalar(key) || !isScalar(value) || typeof value.value !== "string" || !key.range || !value.range) return null;
  const [valueStart, end] = value.range;
  return { start: key.range[0], valueStart, end, written: text.slice(valueStart, end), command: value.value };
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The command without gmig's lines, escaped as its author wrote it. */
function writtenRest({ command, written }: Place, hook: Hook): string {
  const rest = dropBlock(command, hook) ?? "";
  const own = escaped(command.slice(0, command.length - rest.length));
  return written.startsWith(`"${own}`) ? written.slice(1 + own.length, -1) : escaped(rest);
}

/** A new pair goes before the others, after the same white space as the first of them, so that taking it out leaves no trace. */
function addPair(text: string, map: YAMLMap, hook: Hook, command: string): string {
  const open = (map.range?.[0] ?? 0) + 1;
  const space = /^\s*/.exec(text.slice(open))?.[0] ?? "";
  const pair = `${JSON.stringify(hook)}: ${JSON.stringify(command)}`;
  return map.items.length === 0 ? text.slice(0, open) + pair + text.slice(open) : `${text.slice(0, open)}${space}${pair},${text.slice(open)}`;
}

/** Takes out a pair with the comma behind it, or before it where it is the last, and the white space that it was given. */
function removePair(text: string, map: YAMLMap, place: Place): string {
  const [before, after] = [text.slice(0, place.start), text.slice(place.end)];
  if (map.items.length === 1) return before + after;
  const comma = /^\s*,/.exec(after)?.[0];
  return comma === undefined ? before.replace(/\s*,\s*$/, "") + after : before.replace(/\s*$/, "") + after.slice(comma.length);
}

function put(text: string, hook: Hook, inManifest: boolean): string | Refusal {
  const map = hooksObject(text, inManifest);
  if (map === null) return { refused: `has no object "${KEY}"` };
  const own = putBlock("", hook, hookLines(hook), 0);
  const pair = pairOf(map, hook);
  if (pair === undefined) return addPair(text, map, hook, own);
  const place = placeOf(text, pair);
  if (place === null) return { refused: `has no text at "${hook}"` };
  return `${text.slice(0, place.valueStart)}"${escaped(own)}${writtenRest(place, hook)}"${text.slice(place.end)}`;
}

function drop(text: string, hook: Hook, inManifest: boolean): string {
  const map = hooksObject(text, inManifest);
  const pair = map === null ? undefined : pairOf(map, hook);
  const place = pair === undefined ? null : placeOf(text, pair);
  if (map === null || place === null || !hasBlock(place.command, hook)) return text;
  const rest = writtenRest(place, hook);
  return rest === "" ? removePair(text, map, place) : `${text.slice(0, place.valueStart)}"${rest}"${text.slice(place.end)}`;
}

/** The commands that simple-git-hooks writes into Git's hooks folder, which it empties of all others. */
export function simpleGitHooksFormat(options: { readonly inManifest: boolean }): HookFormat {
  return {
    put: (text, hook) => (text === null ? { refused: "is not there" } : put(text, hook, options.inManifest)),
    drop: (text, hook) => drop(text, hook, options.inManifest),
  };
}
