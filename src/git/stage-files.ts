import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";

/**
 * Stages files as they are in the worktree, or their being gone. GIT_INDEX_FILE is kept: in the pre-commit of `git commit -a` that is a file of its own. The
 * filters that the user has set up for these paths run, as they do whenever a file is staged.
 *
 * @throws GmigError GIT_FAILED, with `data.locked` when another git process holds the index; also for what is ignored or outside a sparse checkout.
 */
export async function stageFiles(repository: Repository, paths: readonly string[]): Promise<void> {
  const purpose = `stage ${paths.join(", ")}`;
  await runGit(repository.requireGit(purpose), ["add", "--", ...paths], { purpose });
}
