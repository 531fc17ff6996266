import type { Place } from "./place.js";
import { type Git, runGit } from "./run-git.js";

/**
 * Returns which of these objects are here, in a partial clone. `cat-file` would end at the first that is not; `rev-list` with `--missing` is the one
 * command, in all versions, that neither fetches nor ends there. It also lists what trees and commits hold, which is left out.
 */
export async function presentObjects(git: Git, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const { stdout } = await runGit(git, ["rev-list", "--objects", "--no-object-names", "--no-walk", "--ignore-missing", "--missing=allow-any", "--stdin"], {
    purpose: "look for objects of this partial clone",
    input: `${ids.join("\n")}\n`,
  });
  const listed = new Set(stdout.toString("latin1").split("\n"));
  return ids.filter((id) => listed.has(id));
}

/**
 * Fetches those of the objects that a partial clone lacks, in one go; left to itself, git fetches one after another. Does nothing elsewhere.
 *
 * @throws GmigError GIT_FAILED when the remote can't be reached or has not all of them.
 */
export async function fetchObjects(place: Place, git: Git, ids: readonly string[]): Promise<void> {
  if (place.promisor === null) return;
  const present = new Set(await presentObjects(git, ids));
  const missing = ids.filter((id) => !present.has(id));
  if (missing.length === 0) return;
  const quiet = ["-c", "fetch.negotiationAlgorithm=noop", "-c", "gc.auto=0", "-c", "maintenance.auto=false"];
  await runGit(git, [...quiet, "fetch", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none", "--stdin", "--", place.promisor], {
    purpose: `fetch objects from ${place.promisor}`,
    input: `${missing.join("\n")}\n`,
    fetch: true,
  });
}
