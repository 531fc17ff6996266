import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { HookFormat, Refusal } from "./hook-format.js";
import { commandLines, type Hook } from "./hook-lines.js";
import { dropBlock, putBlock } from "./marked-block.js";

const SHAPE: Refusal = { refused: "is written in a form that gmig can't add to" };

function indented(lines: readonly string[], depth: number): readonly string[] {
  return lines.map((line) => `${"  ".repeat(depth)}${line}`);
}

/** Lefthook writes Git's arguments itself. A branch's name is never among them. */
function runLines(hook: Hook): readonly string[] {
  const input = hook === "pre-push" || hook === "post-rewrite" ? ["use_stdin: true"] : [];
  return ["run: |", ...indented(commandLines(hook, "{0}"), 1), ...input];
}

/** Where a block can be put: at the beginning of a line, with the white space that stands there. */
interface Spot {
  readonly offset: number;
  readonly indent: string;
}

/** The line of a node that is the first in it but for `dash`; null where something else stands before it. */
function spotAt(text: string, offset: number | undefined, dash: string): Spot | null {
  if (offset === undefined) return null;
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(start, offset);
  const indent = /^ */.exec(before)?.[0] ?? "";
  return before.slice(indent.length).trimEnd() === dash ? { offset: start, indent } : null;
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) ? node.range?.[0] : undefined;
}

function blockMap(value: unknown): YAMLMap | null {
  return isMap(value) && value.flow !== true && value.items.length > 0 ? value : null;
}

/** What is to be written, and where unless it stands somewhere already. */
interface Entry extends Spot {
  readonly lines: readonly string[];
}

/** Where a command goes in a hook that has others: first among its commands or jobs, or beside what else is said of it. */
function entryIn(text: string, hook: Hook, map: YAMLMap): Entry | null {
  const jobs: unknown = map.get("jobs");
  if (isSeq(jobs)) {
    const spot = jobs.flow === true ? null : spotAt(text, startOf(jobs.items[0]), "-");
    return spot === null ? null : { ...spot, lines: ["- name: gmig", ...indented(runLines(hook), 1)] };
  }
  const commands = blockMap(map.get("commands"));
  if (commands === null && map.has("commands")) return null;
  const lines = ["gmig:", ...indented(runLines(hook), 1)];
  const spot = spotAt(text, startOf((commands ?? map).items[0]?.key), "");
  return spot === null ? null : { ...spot, lines: commands === null ? ["commands:", ...indented(lines, 1)] : lines };
}

function put(text: string, hook: Hook): string | Refusal {
  const bare = dropBlock(text, hook) ?? "";
  const document = parseDocument(bare);
  if (document.errors.length > 0) return { refused: "is no valid YAML" };
  const top = document.contents;
  if (top !== null && (!isMap(top) || top.flow === true)) return SHAPE;
  const pair = isMap(top) ? top.items.find((item) => keyOf(item) === hook) : undefined;
  if (pair === undefined) return putBlock(text, hook, [`${hook}:`, "  commands:", "    gmig:", ...indented(runLines(hook), 3)], text.length);
  const map = blockMap(pair.value);
  const entry = map === null ? null : entryIn(bare, hook, map);
  return entry === null ? SHAPE : putBlock(text, hook, entry.lines, entry.offset, entry.indent);
}

/** lefthook.yml: a command of each hook, at its place between the others; all else in the file stays as it is written. */
export const LEFTHOOK_FORMAT: HookFormat = {
  put: (text, hook) => (text === null ? { refused: "is not there" } : put(text, hook)),
  drop: (text, hook) => dropBlock(text, hook),
};
