import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "./place.js";

/** What a reference holds: an object's id, or another reference's name. */
export type RefValue = { readonly id: string } | { readonly target: string };

/** Whether a text may name a reference: git-check-ref-format(1). Nothing that passes leads out of git's folder. */
export function isRefName(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (text === "" || text === "@" || /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|[./]$|^\//.test(text)) return false;
  return text.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock"));
}

/** Reads a file that holds one reference. */
function readLoose(path: string): RefValue | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return null;
  }
  const target = /^ref:\s*(\S.*?)\s*$/.exec(text)?.[1];
  if (target !== undefined) return { target };
  const id = /^(?:[0-9a-f]{64}|[0-9a-f]{40})(?=\s|$)/.exec(text)?.[0];
  return id === undefined ? null : { id };
}

function findPacked(commonDirectory: string, ref: string): RefValue | null {
  let text: string;
  try {
    text = readFileSync(join(commonDirectory, "packed-refs"), "utf8");
  } catch {
    return null;
  }
  const end = text.indexOf(` ${ref}\n`);
  return end < 0 ? null : { id: text.slice(text.lastIndexOf("\n", end) + 1, end) };
}

/** Each worktree has its own HEAD and a few more: gitrepository-layout(5), refs. */
function isOfWorktree(ref: string): boolean {
  return !ref.startsWith("refs/") || /^refs\/(bisect|worktree|rewritten)\//.test(ref);
}

/**
 * Reads one reference from git's files; null when it is not there. Only where references are files, and never a symbolic link (an old form of HEAD),
 * which looks as if it held what it leads to: there it returns undefined, and git is to be asked.
 */
export function readRefFile(place: Place, ref: string): RefValue | null | undefined {
  if (place.refFormat !== "files" || !isRefName(ref)) return undefined;
  const folder = isOfWorktree(ref) ? place.gitDirectory : place.commonDirectory;
  const path = join(folder, ref);
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true) return undefined;
  return readLoose(path) ?? (isOfWorktree(ref) ? null : findPacked(place.commonDirectory, ref));
}

/** Where references lead in the end: the last one's name, and the object that it holds; null when that one is not there. */
export interface RefEnd {
  readonly ref: string;
  readonly id: string | null;
}

/** Follows references as far as git itself does; undefined where git is to be asked. */
export function followRefFile(place: Place, ref: string): RefEnd | undefined {
  let name = ref;
  for (let steps = 0; steps < 5; steps++) {
    const value = readRefFile(place, name);
    if (value === undefined) return undefined;
    if (value === null || "id" in value) return { ref: name, id: value?.id ?? null };
    name = value.target;
  }
  return undefined;
}
