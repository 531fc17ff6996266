import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Repository } from "./repository.js";
import { askGit } from "./run-git.js";

export type Operation = "clean" | "merge" | "rebase" | "cherry-pick" | "revert" | "bisect" | "am";

/** What git is in the middle of, in this worktree. */
export interface OperationState {
  /** The outermost one: a rebase that stopped at a merge or a pick is a rebase. */
  readonly operation: Operation;
  /** Whether a rebase or `am` is under way, at a stop or running: `rebase-merge` or `rebase-apply` exists. */
  readonly isRebasing: boolean;
  /** The commits that are being merged; empty when there is no MERGE_HEAD. */
  readonly mergeHeads: readonly string[];
  /** How many steps a cherry-pick or revert of several commits has left, the one at hand counted. */
  readonly stepsLeft: number;
  /** Whether changes lie aside that git will put back: what is missing from the folder until then is not gone. */
  readonly autostashPending: boolean;
}

function linesOf(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8").split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

/** MERGE_HEAD is always a file; these are references, which a newer git may keep elsewhere. */
const KEPT_AS_REFS = ["CHERRY_PICK_HEAD", "REVERT_HEAD", "MERGE_AUTOSTASH"];

/** Which of them exist. */
async function markers(repository: Repository): Promise<ReadonlySet<string>> {
  if (repository.refFormat === "files" || repository.git === null) return new Set(KEPT_AS_REFS.filter((name) => existsSync(join(repository.gitDirectory, name))));
  const text = await askGit(repository.git, ["for-each-ref", "--include-root-refs", "--format=%(refname)"], { purpose: "read the state of this worktree" });
  return new Set(text.split("\n").filter((name) => KEPT_AS_REFS.includes(name)));
}

/**
 * Returns what git is in the middle of: a merge, a rebase, … or nothing. Reads files, and starts git only where references are none.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function operationInProgress(repository: Repository): Promise<OperationState> {
  const here = (name: string): boolean => existsSync(join(repository.gitDirectory, name));
  const present = await markers(repository);
  const isRebasing = here("rebase-merge") || here("rebase-apply");
  const mergeHeads = linesOf(join(repository.gitDirectory, "MERGE_HEAD"));
  const todo = linesOf(join(repository.gitDirectory, "sequencer/todo"));
  const operation = (): Operation => {
    if (isRebasing) return here("rebase-apply/applying") ? "am" : "rebase";
    if (mergeHeads.length > 0) return "merge";
    // Between two picks there is only the list of those to come.
    if (present.has("CHERRY_PICK_HEAD") || /^(pick|p) /.test(todo[0] ?? "")) return "cherry-pick";
    if (present.has("REVERT_HEAD") || (todo[0] ?? "").startsWith("revert ")) return "revert";
    return here("BISECT_LOG") ? "bisect" : "clean";
  };
  return {
    operation: operation(),
    isRebasing,
    mergeHeads,
    stepsLeft: todo.length,
    autostashPending: here("rebase-merge/autostash") || here("rebase-apply/autostash") || present.has("MERGE_AUTOSTASH"),
  };
}
