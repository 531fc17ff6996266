import { GmigError } from "../errors.js";
import { fetchBranchCommand } from "./fetch-hints.js";
import { readHead } from "./head.js";
import type { Repository } from "./repository.js";

/**
 * Returns the id of the commit that a text names: a branch, a tag, an id or its beginning, `origin/main`, `HEAD~3`; with a git program whatever
 * gitrevisions(7) lists. The text is never taken for an option.
 *
 * @throws GmigError REVISION_NOT_FOUND, with the command that fetches it where the text begins with a remote's name; REVISION_AMBIGUOUS; GIT_FAILED.
 */
export async function resolveCommit(repository: Repository, text: string): Promise<string> {
  const commit = text === "HEAD" || text === "@" ? (await readHead(repository)).commit : await (await repository.reader()).resolve(text);
  if (commit !== null) return commit;
  throw new GmigError("REVISION_NOT_FOUND", `Git knows no commit by the name ${JSON.stringify(text)}`, { hint: fetchBranchCommand(repository, text), data: { ref: text } });
}
