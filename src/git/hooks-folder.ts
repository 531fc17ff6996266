import { resolve } from "node:path";
import type { Repository } from "./repository.js";
import { askGit } from "./run-git.js";

/**
 * Returns the folder in which git looks for hooks here, absolute, `core.hooksPath` considered; it need not be there.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function hooksFolder(repository: Repository): Promise<string> {
  const git = repository.requireGit("find the hooks' folder");
  // Relative to where git runs, which is the worktree's top.
  return resolve(git.cwd, await askGit(git, ["rev-parse", "--git-path", "hooks"], { purpose: "find the hooks' folder", hooks: true }));
}
