import { FOLDER_MODE, type TreeEntry } from "./git-object.js";
import type { Repository } from "./repository.js";
import { askGit } from "./run-git.js";

/**
 * Stores texts as blobs and returns their ids, in order: any number in one process. Nothing refers to them yet, so that a garbage collection two weeks
 * later removes what no tree was made of.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function writeBlobs(repository: Repository, texts: readonly (string | Uint8Array)[]): Promise<readonly string[]> {
  if (texts.length === 0) return [];
  const purpose = "store texts";
  // fast-import stores a few objects loose and many as a pack, and tells each one's id when asked for its mark.
  const commands = texts.flatMap((text, index) => {
    const bytes = Buffer.from(text);
    return [Buffer.from(`blob\nmark :${index + 1}\ndata ${bytes.length}\n`), bytes, Buffer.from(`\nget-mark :${index + 1}\n`)];
  });
  const input = Buffer.concat([...commands, Buffer.from("done\n")]);
  return (await askGit(repository.requireGit(purpose), ["fast-import", "--quiet", "--done"], { purpose, input })).split("\n");
}

/**
 * Stores a tree of blobs and trees that are there already, and returns its id. Entries may come in any order.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function writeTree(repository: Repository, entries: readonly TreeEntry[]): Promise<string> {
  const purpose = "store a tree";
  const lines = entries.map(({ mode, name, id }) => `${mode} ${mode === FOLDER_MODE ? "tree" : "blob"} ${id}\t${name}\0`);
  return askGit(repository.requireGit(purpose), ["mktree", "-z"], { purpose, input: lines.join("") });
}
