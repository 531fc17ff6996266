import { FOLDER_MODE, type GitObject, headerValues, parseTree } from "./git-object.js";
import type { FolderTree } from "./reader.js";

type ReadObjects = (ids: readonly string[]) => Promise<ReadonlyMap<string, GitObject>>;

interface Walk {
  /** The tree that the way has led to so far; null when it led nowhere. */
  readonly tree: string | null;
  readonly missing: string | null;
}

function step(objects: ReadonlyMap<string, GitObject>, { tree, missing }: Walk, name: string): Walk {
  if (tree === null || missing !== null) return { tree, missing };
  const object = objects.get(tree);
  if (object === undefined) return { tree: null, missing: tree };
  const entry = parseTree(object.bytes, tree.length / 2).find((one) => one.name === name);
  return { tree: entry?.mode === FOLDER_MODE ? entry.id : null, missing: null };
}

function start(objects: ReadonlyMap<string, GitObject>, commit: string): Walk {
  const object = objects.get(commit);
  return object === undefined ? { tree: null, missing: commit } : { tree: headerValues(object.bytes, "tree")[0] ?? null, missing: null };
}

/**
 * Goes from commits down to a folder, tree by tree and all commits at once, so that a folder that is not there and an object that is missing are told
 * apart. In the commits' order.
 */
export async function findFolder(readObjects: ReadObjects, commits: readonly string[], folder: string): Promise<readonly FolderTree[]> {
  const objects = await readObjects([...new Set(commits)]);
  let walks = commits.map((commit) => start(objects, commit));
  for (const name of folder === "" ? [] : folder.split("/")) {
    const trees = await readObjects([...new Set(walks.flatMap(({ tree }) => tree ?? []))]);
    walks = walks.map((walk) => step(trees, walk, name));
  }
  return walks.map(({ tree, missing }) => (missing === null ? { tree } : { missing }));
}
