export type ObjectFormat = "sha1" | "sha256";

/** Where a repository lies, and of what kind it is. Paths are absolute and real. */
export interface Place {
  /** The top of this worktree; null in a bare repository. */
  readonly worktree: string | null;
  /** Git's folder of this worktree: HEAD, index and the state of operations are here. */
  readonly gitDirectory: string;
  /** Git's folder that all worktrees share: objects, branches and configuration are here. */
  readonly commonDirectory: string;
  readonly objectFormat: ObjectFormat;
  /** `files`, `reftable`, or what a newer git may bring. */
  readonly refFormat: string;
  readonly bare: boolean;
  /** Whether the history is cut off. */
  readonly shallow: boolean;
  /** Whether objects may be missing until they are fetched from `promisor`. */
  readonly partial: boolean;
  readonly promisor: string | null;
  /** The remotes' names, in the configuration's order. */
  readonly remotes: readonly string[];
  /** The repository's extensions, by name in lower case. */
  readonly extensions: ReadonlyMap<string, string>;
}
