import type { Repository } from "./repository.js";
import { askGit } from "./run-git.js";

export interface Upstream {
  /** As git shows it: `origin/main`, or a local branch's name. */
  readonly name: string;
  readonly ref: string;
  /** Null when it has not been fetched, or is gone. */
  readonly commit: string | null;
}

/**
 * Returns the branch that a local branch follows; null where it follows none.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function upstreamOf(repository: Repository, branch: string): Promise<Upstream | null> {
  const purpose = `find what ${JSON.stringify(branch)} follows`;
  const git = repository.requireGit(purpose);
  const list = async (format: string, ref: string): Promise<string> => askGit(git, ["for-each-ref", `--format=${format}`, "--", ref], { purpose });
  const ref = await list("%(upstream)", `refs/heads/${branch}`);
  // As a pattern, `a` stands for `a/b` too; branches of both names can't be.
  if (ref === "" || ref.includes("\n")) return null;
  const commit = await list("%(objectname)", ref);
  return { name: ref.replace(/^refs\/(heads|remotes)\//, ""), ref, commit: commit === "" ? null : commit };
}
