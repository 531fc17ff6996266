import { type FilesOptions, type FolderFiles, readTrees } from "./files-at.js";
import type { Branch } from "./reader.js";
import type { Repository } from "./repository.js";

/** A branch, and what the folders hold at its tip. */
export interface BranchFiles extends Branch {
  /** In the order in which they were asked for. */
  readonly folders: readonly FolderFiles[];
}

export interface FilesOnBranches {
  readonly branches: readonly BranchFiles[];
  /** Branches of which this clone lacks a commit or a tree, so that nobody can say what they hold. */
  readonly unread: readonly Branch[];
}

export interface BranchesOptions extends FilesOptions {
  /** Whether remote-tracking branches are read too. */
  readonly remotes?: boolean;
}

/**
 * Returns the files of folders at the tip of every branch, in two or three processes for all of them: from which follows which branches hold a blob, and,
 * once the blobs' headers are read, a revision. Folders with the same tree share one array of files.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function filesOnBranches(repository: Repository, folders: readonly string[], options: BranchesOptions = {}): Promise<FilesOnBranches> {
  const reader = await repository.reader();
  const branches = (await reader.listBranches()).filter(({ remote }) => options.remotes === true || !remote);
  const commits = branches.map(({ commit }) => commit);
  const found = await Promise.all(folders.map(async (folder) => reader.folderTrees(commits, folder)));
  const read = await readTrees(reader, found.flatMap((list) => list.flatMap((one) => ("tree" in one ? (one.tree ?? []) : []))), options);
  const result: BranchFiles[] = [];
  const unread: Branch[] = [];
  for (const [index, branch] of branches.entries()) {
    const filled = folders.flatMap((folder, which): FolderFiles[] => {
      const one = found[which]?.[index];
      if (one === undefined || "missing" in one) return [];
      const files = one.tree === null ? [] : read.get(one.tree);
      return files == null ? [] : [{ folder, tree: one.tree, files }];
    });
    if (filled.length === folders.length) result.push({ ...branch, folders: filled });
    else unread.push(branch);
  }
  return { branches: result, unread };
}
