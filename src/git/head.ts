import type { Place } from "./place.js";
import { followRefFile } from "./ref-files.js";
import type { Repository } from "./repository.js";
import { askGit, type Git, runGit } from "./run-git.js";

/** What is checked out. */
export interface Head {
  /** The branch's name without `refs/heads/`; null when HEAD is detached. */
  readonly branch: string | null;
  /** Null on a branch that has no commit yet. */
  readonly commit: string | null;
}

function branchName(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

/** HEAD by git's files alone, within a millisecond; undefined where they don't tell (reftable, links, oddities). */
export function readHeadFiles(place: Place): Head | undefined {
  const head = followRefFile(place, "HEAD");
  if (head === undefined) return undefined;
  if (head.ref !== "HEAD") return { branch: branchName(head.ref), commit: head.id };
  return head.id === null ? undefined : { branch: null, commit: head.id };
}

/** HEAD as git tells it. */
export async function askHead(git: Git): Promise<Head> {
  const [symbolic, commit] = await Promise.all([
    runGit(git, ["symbolic-ref", "--quiet", "HEAD"], { purpose: "read HEAD", answers: [1] }),
    askGit(git, ["rev-parse", "--verify", "--quiet", "HEAD"], { purpose: "read HEAD", answers: [1] }),
  ]);
  const branch = symbolic.status === 1 ? null : branchName(symbolic.stdout.toString("utf8").trimEnd());
  return { branch, commit: commit === "" ? null : commit };
}

/**
 * Returns what is checked out in this worktree.
 *
 * @throws GmigError GIT_FAILED where git's files don't tell, and git can't be asked.
 */
export async function readHead(repository: Repository): Promise<Head> {
  return readHeadFiles(repository) ?? askHead(repository.requireGit("read HEAD"));
}
