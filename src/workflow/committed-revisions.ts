import { type CommittedFile, type CommittedHeader, readBlobHeaders } from "../directory/blob-headers.js";
import { isCandidate } from "../directory/list-files.js";
import { command, GmigError } from "../errors.js";
import { filesAt } from "../git/files-at.js";
import { readTexts } from "../git/read-blobs.js";
import type { CommittedRevision } from "../merge/join-headers.js";
import type { Problem } from "../revision/problem.js";
import type { Checkout } from "./checkout.js";

/** Commits are named by this many digits in hints. */
const SHORT = 10;

/** The revisions of a commit, and what is wrong with other files there. */
export interface CommittedRevisions {
  readonly revisions: readonly CommittedRevision[];
  readonly problems: readonly Problem[];
}

export interface CommittedOptions {
  readonly cache: string;
  readonly recursive: boolean;
}

/** Reads the headers of committed files, from objects alone. */
export async function committedHeaders(checkout: Checkout, files: readonly CommittedFile[], cache: string): Promise<(file: CommittedFile) => CommittedHeader | undefined> {
  return readBlobHeaders(files, cache, async (ids) => readTexts(checkout.repository, ids));
}

function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/**
 * Reads the revisions of a commit from objects alone: no working tree, no database. `where` names the commit in problems.
 *
 * @throws GmigError GIT_FAILED when something of it is not in this clone, with the command that fetches it.
 */
export async function committedRevisions(checkout: Checkout, commit: string, where: string, options: CommittedOptions): Promise<CommittedRevisions> {
  const folders = await filesAt(checkout.repository, commit, checkout.folders, { recursive: options.recursive });
  const files = folders.flatMap(({ folder, files: list }) => list.filter(({ name }) => isCandidate(baseName(name))).map(({ name, id }) => ({ name, id, path: folder === "" ? name : `${folder}/${name}` })));
  const headerOf = await committedHeaders(checkout, files, options.cache);
  const revisions: CommittedRevision[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const found = headerOf(file);
    if (found === null || found === undefined) continue;
    if ("header" in found) revisions.push({ ...found.header, file: `${where}:${file.path}`, blob: file.id });
    else problems.push(...found.problems.map((problem) => ({ ...problem, message: `${where}: ${problem.message}`, file: `${where}:${file.path}`, hint: command`git show ${commit.slice(0, SHORT)}:${file.path}` })));
  }
  return { revisions, problems };
}

/**
 * Refuses a commit of which a file cannot be read: which heads it has, or which revisions, could then not be told.
 *
 * @throws GmigError with the first problem's code, all of them in `data.problems`.
 */
export function requireReadable(problems: readonly Problem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  throw new GmigError(first.code, `${first.message}${more}`, { hint: first.hint, data: { problems } });
}
