import { objectsMissing } from "./fetch-hints.js";
import { FOLDER_MODE, parseTree, type TreeEntry } from "./git-object.js";
import type { Reader } from "./reader.js";
import type { Repository } from "./repository.js";

/** A file in a commit. */
export interface TreeFile {
  /** From the folder that was asked for, with slashes. */
  readonly name: string;
  /** Its blob. */
  readonly id: string;
  /** `100644`, `100755`, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
}

/** A folder in a commit. */
export interface FolderFiles {
  readonly folder: string;
  /** The folder's tree, which is equal where all its files are; null where there is no such folder. */
  readonly tree: string | null;
  /** In git's order. One and the same array wherever the tree is the same. */
  readonly files: readonly TreeFile[];
}

export interface FilesOptions {
  /** Whether subfolders are looked into. */
  readonly recursive?: boolean;
}

/** Reads trees, and with `recursive` what is beneath them, level by level; null for a tree that is missing here, and for those above it. */
export async function readTrees(reader: Reader, trees: readonly string[], { recursive = false }: FilesOptions): Promise<ReadonlyMap<string, readonly TreeFile[] | null>> {
  const entriesOf = new Map<string, readonly TreeEntry[] | null>();
  for (let level = [...new Set(trees)]; level.length > 0; ) {
    const objects = await reader.readObjects(level);
    const next = new Set<string>();
    for (const id of level) {
      const object = objects.get(id);
      const entries = object === undefined ? null : parseTree(object.bytes, id.length / 2);
      entriesOf.set(id, entries);
      if (recursive) for (const entry of entries ?? []) if (entry.mode === FOLDER_MODE && !entriesOf.has(entry.id)) next.add(entry.id);
    }
    level = [...next];
  }
  const files = (id: string): readonly TreeFile[] | null => {
    const entries = entriesOf.get(id) ?? null;
    if (entries === null) return null;
    if (!recursive) return entries.filter(({ mode }) => mode !== FOLDER_MODE);
    const parts = entries.map((entry) => (entry.mode === FOLDER_MODE ? (files(entry.id)?.map((file) => ({ ...file, name: `${entry.name}/${file.name}` })) ?? null) : [entry]));
    return parts.includes(null) ? null : parts.flatMap((part) => part ?? []);
  };
  return new Map([...new Set(trees)].map((id) => [id, files(id)]));
}

/**
 * Returns the id of the folder's tree at a commit, or null where the commit has no such folder. Equal ids mean that nothing in it differs.
 *
 * @throws GmigError GIT_FAILED when the commit or a tree is not here, with the command that fetches it.
 */
export async function folderTree(repository: Repository, commit: string, folder: string): Promise<string | null> {
  const [found] = await (await repository.reader()).folderTrees([commit], folder);
  if (found === undefined || "tree" in found) return found?.tree ?? null;
  const what = found.missing === commit ? `the commit ${commit}` : `the folder ${folder === "" ? "/" : folder} of ${commit.slice(0, 12)}`;
  throw objectsMissing(repository, what, [found.missing]);
}

/**
 * Returns the files of folders at a commit, folder by folder; a folder that the commit lacks has none.
 *
 * @throws GmigError GIT_FAILED when the commit or a tree is not here, with the command that fetches it.
 */
export async function filesAt(repository: Repository, commit: string, folders: readonly string[], options: FilesOptions = {}): Promise<readonly FolderFiles[]> {
  const reader = await repository.reader();
  const trees = await Promise.all(folders.map(async (folder) => ({ folder, tree: await folderTree(repository, commit, folder) })));
  const read = await readTrees(reader, trees.flatMap(({ tree }) => tree ?? []), options);
  return trees.map(({ folder, tree }) => {
    const files = tree === null ? [] : read.get(tree);
    if (files === null || files === undefined) throw objectsMissing(repository, `the folder ${folder} of ${commit.slice(0, 12)}`, [tree ?? commit]);
    return { folder, tree, files };
  });
}
