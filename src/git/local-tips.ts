import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readHead } from "./head.js";
import type { Repository } from "./repository.js";
import { askGit, type Git } from "./run-git.js";

const REFLOG_LINE = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) /gm;

/** What HEAD has been, newest first: both sides of each entry, since the oldest entries may have been dropped. */
async function headLog(repository: Repository, git: Git): Promise<readonly string[]> {
  if (repository.refFormat !== "files") {
    const text = await askGit(git, ["reflog", "show", "--format=%H", "HEAD"], { purpose: "read the log of HEAD", answers: [128] });
    return text.split("\n");
  }
  const path = join(repository.gitDirectory, "logs/HEAD");
  if (!existsSync(path)) return [];
  return [...readFileSync(path, "latin1").matchAll(REFLOG_LINE)].reverse().flatMap(([, before = "", after = ""]) => [after, before]);
}

/**
 * Returns the commits from which everything is reachable that this clone has made or checked out: the tips of local branches, HEAD, and what HEAD has been
 * by this worktree's log. What was merely fetched is not among it. Some of the log's may be gone from the object database.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function localTips(repository: Repository): Promise<readonly string[]> {
  const git = repository.requireGit("read the history");
  const [head, log, branches] = await Promise.all([readHead(repository), headLog(repository, git), (await repository.reader()).listBranches()]);
  const local = branches.flatMap(({ remote, commit }) => (remote ? [] : [commit]));
  const tips = [...(head.commit === null ? [] : [head.commit]), ...local, ...log].filter((id) => /[1-9a-f]/.test(id));
  return [...new Set(tips)];
}
