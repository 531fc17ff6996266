import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";

/** A file as git tracks it. */
export interface IndexEntry {
  readonly path: string;
  readonly mode: string;
  /** Its blob. */
  readonly id: string;
  /** 0; in a conflict 1 for the base, 2 for ours, 3 for theirs. */
  readonly stage: number;
  /** Whether git leaves it out of the worktree: by sparse-checkout, or `update-index --skip-worktree`. */
  readonly skipWorktree: boolean;
}

const ENTRY = /^(\S) (\d{6}) ([0-9a-f]{40,64}) ([0-3])\t(.*)$/s;

async function listEntries(repository: Repository, args: readonly string[]): Promise<readonly IndexEntry[]> {
  const purpose = "read what is tracked";
  const { stdout } = await runGit(repository.requireGit(purpose), ["ls-files", "--cached", "--stage", "-v", "-z", ...args], { purpose });
  return stdout.toString("utf8").split("\0").flatMap((line) => {
    const [, tag, mode = "", id = "", stage, path = ""] = ENTRY.exec(line) ?? [];
    return tag === undefined ? [] : [{ path, mode, id, stage: Number(stage), skipWorktree: tag.toUpperCase() === "S" }];
  });
}

/**
 * Returns what git tracks at and under these paths, from the worktree's top; "" is all. GIT_INDEX_FILE is honoured, so that in pre-commit it is what will
 * be committed. Nothing in the worktree is looked at.
 *
 * @throws GmigError GIT_FAILED, in a bare repository too.
 */
export async function readIndex(repository: Repository, paths: readonly string[]): Promise<readonly IndexEntry[]> {
  return listEntries(repository, ["--", ...(paths.includes("") ? [] : paths)]);
}

/**
 * Returns what git tracks at a path, under it, or in the place of a folder above it (a link would lead elsewhere), whatever the case of the letters, which
 * some file systems ignore: whether checking out a branch can have put something there. Links in the path itself are not followed.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function trackedAt(repository: Repository, path: string): Promise<readonly string[]> {
  const wanted = path.toLowerCase();
  const paths = (await listEntries(repository, [])).map((entry) => entry.path);
  return paths.filter((tracked) => {
    const lower = tracked.toLowerCase();
    return lower === wanted || lower.startsWith(`${wanted}/`) || wanted.startsWith(`${lower}/`);
  });
}
