import { GmigError } from "../errors.js";
import { headerValues } from "./git-object.js";
import { readHead } from "./head.js";
import { stageFiles } from "./stage-files.js";
import { stagedChanges } from "./staged-changes.js";
import type { Repository } from "./repository.js";
import { askGit, type Git, runGit } from "./run-git.js";

/** The new commit, or why it is better left: HEAD is signed, commits are to be signed, other changes are staged, or there is no commit. */
export type Fold = { readonly commit: string } | { readonly refused: "signed" | "signing" | "staged" | "unborn" };

async function isSigning(git: Git): Promise<boolean> {
  return (await askGit(git, ["config", "--type=bool", "--get", "commit.gpgSign"], { purpose: "read whether commits are signed", answers: [1] })) === "true";
}

/** The commit's own bytes with another tree; message, parents, times and headers that nobody knows stay as they are. */
function withTree(raw: Buffer, tree: string): Buffer {
  const end = raw.indexOf("\n");
  if (raw.toString("latin1", 0, 5) !== "tree ") throw new GmigError("INTERNAL", "A commit does not begin with its tree");
  return Buffer.concat([Buffer.from(`tree ${tree}`), raw.subarray(end)]);
}

/**
 * Puts files of the worktree into the commit that HEAD names, in the moment after git has made it and before anyone has seen it: for post-merge, where
 * MERGE_HEAD still exists and `git commit --amend` refuses. The files are staged, and the commit is replaced by one with the new tree and nothing else
 * different; no hook but reference-transaction runs. A commit that is or would be signed is left alone, and nothing that the user has staged gets in.
 *
 * @throws GmigError GIT_FAILED, also when HEAD has moved meanwhile; the files are staged then, and the commit is as it was.
 */
export async function foldIntoHead(repository: Repository, paths: readonly string[]): Promise<Fold> {
  const purpose = "put the file into the last commit";
  const git = repository.requireGit(purpose);
  const { commit } = await readHead(repository);
  if (commit === null) return { refused: "unborn" };
  // The object itself, not what `git replace` puts in its place.
  const { stdout: raw } = await runGit(git, ["--no-replace-objects", "cat-file", "commit", commit], { purpose });
  if (headerValues(raw, "gpgsig").length > 0 || headerValues(raw, "gpgsig-sha256").length > 0) return { refused: "signed" };
  if (await isSigning(git)) return { refused: "signing" };
  const others = (await stagedChanges(repository)).filter(({ path }) => !paths.includes(path));
  if (others.length > 0) return { refused: "staged" };
  await stageFiles(repository, paths);
  const tree = await askGit(git, ["write-tree"], { purpose });
  const folded = await askGit(git, ["hash-object", "-t", "commit", "-w", "--stdin"], { purpose, input: withTree(raw, tree) });
  if (folded !== commit) await runGit(git, ["update-ref", "-m", "gmig: fold", "HEAD", folded, commit], { purpose, hooks: true });
  return { commit: folded };
}
