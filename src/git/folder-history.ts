import type { FolderTree } from "./reader.js";
import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";

/** A commit and the folder's tree in it. */
export interface FolderVersion {
  readonly commit: string;
  /** Null where the commit has no such folder, or the clone lacks what would tell. */
  readonly tree: string | null;
}

interface Commit {
  readonly id: string;
  readonly firstParent: string | null;
}

async function listCommits(repository: Repository, tips: readonly string[]): Promise<readonly Commit[]> {
  if (tips.length === 0) return [];
  const { stdout } = await runGit(repository.requireGit("read the history"), ["rev-list", "--parents", "--ignore-missing", "--stdin"], {
    purpose: "read the history",
    input: `${tips.join("\n")}\n`,
  });
  const lines = stdout.toString("latin1").split("\n");
  return lines.flatMap((line) => {
    const [id = "", firstParent = null] = line.split(" ");
    return id === "" ? [] : [{ id, firstParent }];
  });
}

/**
 * Returns the commits reachable from these that changed the folder, newest first, each with the folder's tree: those whose tree is another than their
 * first parent's. Tips that are gone from the object database are passed over. `localTips` gives the tips of what this clone has made or checked out.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function folderHistory(repository: Repository, tips: readonly string[], folder: string): Promise<readonly FolderVersion[]> {
  const commits = await listCommits(repository, tips);
  const ids = commits.map(({ id }) => id);
  const found = await (await repository.reader()).folderTrees(ids, folder);
  const trees = new Map<string, FolderTree | undefined>(ids.map((id, index) => [id, found[index]]));
  const treeOf = (id: string | null): string | null => {
    const one = id === null ? undefined : trees.get(id);
    return one !== undefined && "tree" in one ? one.tree : null;
  };
  return commits.flatMap(({ id, firstParent }) => (treeOf(id) === treeOf(firstParent) ? [] : [{ commit: id, tree: treeOf(id) }]));
}
