import { closeSync, existsSync, openSync, readSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./environment.js";
import type { Place } from "./place.js";

/** Extensions that change nothing for a reader of objects and references. */
const HARMLESS = new Set(["noop", "preciousobjects", "worktreeconfig", "relativeworktrees"]);

/** Version 2 of a pack's index begins so; version 1 begins with its table: gitformat-pack(5). */
const INDEX_VERSION_2 = "ff744f63";

/** Node reads no larger file at once, and isomorphic-git knows no larger offsets. */
const LARGEST_PACK = 2 ** 31 - 1;

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function beginsWith(path: string, hex: string): boolean {
  const bytes = Buffer.alloc(hex.length / 2);
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.length, 0);
  } finally {
    closeSync(file);
  }
  return bytes.toString("hex") === hex;
}

function packFailing(folder: string): string | null {
  for (const name of entriesOf(folder)) {
    const path = join(folder, name);
    if (name.endsWith(".idx") && !beginsWith(path, INDEX_VERSION_2)) return "a pack's index is of version 1";
    if (name.endsWith(".pack") && statSync(path).size > LARGEST_PACK) return "a pack is larger than 2 GB";
  }
  return null;
}

function hasReplacements(commonDirectory: string): boolean {
  if (entriesOf(join(commonDirectory, "refs/replace")).length > 0 || existsSync(join(commonDirectory, "info/grafts"))) return true;
  const packed = join(commonDirectory, "packed-refs");
  return existsSync(packed) && readFileSync(packed, "latin1").includes(" refs/replace/");
}

/**
 * Returns why isomorphic-git can't be trusted with a repository's objects and references, or null where it can. What it gets wrong in the index
 * (version 4, split, sparse) does not count: it is never asked for that.
 */
export function isomorphicFailing(place: Place, env: Environment): string | null {
  const objects = join(place.commonDirectory, "objects");
  if (place.objectFormat !== "sha1") return `its objects are named by ${place.objectFormat}`;
  if (place.refFormat !== "files") return `its references are kept as ${place.refFormat}`;
  if (place.partial) return "it is a partial clone";
  const extension = [...place.extensions.keys()].find((name) => !HARMLESS.has(name) && name !== "objectformat" && name !== "refstorage");
  if (extension !== undefined) return `it uses the extension ${extension}`;
  if (existsSync(join(objects, "info/alternates")) || existsSync(join(objects, "info/http-alternates"))) return "it borrows objects from another repository";
  if ((env["GIT_OBJECT_DIRECTORY"] ?? env["GIT_ALTERNATE_OBJECT_DIRECTORIES"] ?? "") !== "") return "its objects lie elsewhere";
  if (hasReplacements(place.commonDirectory)) return "it replaces objects by others";
  return packFailing(join(objects, "pack"));
}
