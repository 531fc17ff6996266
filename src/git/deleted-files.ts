import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";

/** A file that a commit had, and one after it has not. */
export interface DeletedFile {
  /** From the worktree's top. */
  readonly name: string;
  /** Its blob. */
  readonly id: string;
  /** The commit that deleted it. */
  readonly commit: string;
}

const CHANGE = /^:\d{6} \d{6} ([0-9a-f]{40,64}) [0-9a-f]{40,64} D$/;

/**
 * Returns the files that commits in HEAD's history deleted from these folders, the newest first. What a merge alone deleted is passed over.
 *
 * @throws GmigError GIT_FAILED, also where there is no git program or this clone lacks a tree of the history.
 */
export async function deletedFiles(repository: Repository, folders: readonly string[]): Promise<readonly DeletedFile[]> {
  const purpose = "search the history";
  const git = repository.requireGit(purpose);
  const paths = ["--", ...(folders.includes("") ? [] : folders)];
  const { stdout: input } = await runGit(git, ["rev-list", "HEAD", ...paths], { purpose });
  const { stdout } = await runGit(git, ["diff-tree", "--stdin", "-r", "-z", "--no-renames", "--diff-filter=D", ...paths], { purpose, input });
  const found: DeletedFile[] = [];
  let commit = "";
  const fields = stdout.toString("utf8").split("\0").values();
  for (const field of fields) {
    const [, id] = CHANGE.exec(field) ?? [];
    if (id === undefined) commit = field;
    else found.push({ id, commit, name: fields.next().value ?? "" });
  }
  return found;
}
