import type { GitObject } from "./git-object.js";

/** A branch, local or remote-tracking. */
export interface Branch {
  /** As git shows it: `main`, `origin/main`. */
  readonly name: string;
  /** `refs/heads/main`, `refs/remotes/origin/main`. */
  readonly ref: string;
  readonly remote: boolean;
  readonly commit: string;
}

/** The folder at a commit: a tree's id, null when the commit has no such folder, or which object is missing here so that nobody can tell. */
export type FolderTree = { readonly tree: string | null } | { readonly missing: string };

/**
 * What gmig asks of objects and references. There are two: git itself, and isomorphic-git where no git program is; both give the same answers.
 * All ids are whole and in lower case.
 */
export interface Reader {
  /** Which one this is. */
  readonly kind: "native" | "isomorphic";
  /** The commit that a text names (branch, tag, id or the beginning of one, `HEAD~3`); null when there is none. The text is never taken for an option. */
  resolve(text: string): Promise<string | null>;
  /** Objects by id. One that is not here is not in the answer, and is not fetched unless `fetch` is given. */
  readObjects(ids: readonly string[], options?: { readonly fetch?: boolean }): Promise<ReadonlyMap<string, GitObject>>;
  /** The folder's tree at each commit, in their order. */
  folderTrees(commits: readonly string[], folder: string): Promise<readonly FolderTree[]>;
  /** All local and remote-tracking branches, by reference; symbolic ones (`origin/HEAD`) are left out. */
  listBranches(): Promise<readonly Branch[]>;
  /** The best common ancestors; several after criss-cross merges, none of unrelated commits. */
  mergeBases(left: string, right: string): Promise<readonly string[]>;
}
