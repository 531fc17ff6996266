import { readHead } from "./head.js";
import type { Repository } from "./repository.js";
import { askGit, runGit } from "./run-git.js";

export interface StagedChange {
  readonly path: string;
  /** Added, modified, deleted, of another type now, or unmerged. */
  readonly change: "A" | "M" | "D" | "T" | "U";
}

/**
 * Returns how the index differs from HEAD, at and under these paths, or everywhere without them: what the next commit would change. Renames are a deletion
 * and an addition. Index and objects are compared; nothing in the worktree is looked at.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function stagedChanges(repository: Repository, paths: readonly string[] = []): Promise<readonly StagedChange[]> {
  const purpose = "read what is staged";
  const git = repository.requireGit(purpose);
  const { commit } = await readHead(repository);
  // Before the first commit everything is new against the empty tree, which git knows without having stored it.
  const base = commit ?? (await askGit(git, ["hash-object", "-t", "tree", "--stdin"], { purpose }));
  const { stdout } = await runGit(git, ["diff-index", "--cached", "--name-status", "--no-renames", "--no-ext-diff", "--no-textconv", "-z", base, "--", ...paths], { purpose });
  const words = stdout.toString("utf8").split("\0");
  const changes = new Map<string, StagedChange>();
  for (let index = 0; index + 1 < words.length; index += 2) {
    const path = words[index + 1] ?? "";
    // An unmerged path is listed twice, the second time as it stands.
    if (!changes.has(path)) changes.set(path, { path, change: words[index] as StagedChange["change"] });
  }
  return [...changes.values()];
}
