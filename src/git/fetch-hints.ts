import { GmigError, shellWord } from "../errors.js";
import type { Place } from "./place.js";

/** How many ids a command line is still pleasant with. */
const FEW = 8;

function defaultRemote({ remotes }: Place): string {
  return remotes.includes("origin") ? "origin" : (remotes[0] ?? "origin");
}

/** The error for two commits whose common ancestor a shallow clone has cut off. */
export function fetchAncestors(place: Place, left: string, right: string): GmigError {
  const message = `This clone is shallow and holds no common ancestor of ${left.slice(0, 12)} and ${right.slice(0, 12)}`;
  return new GmigError("GIT_FAILED", message, { hint: `git fetch --unshallow ${shellWord(defaultRemote(place))}`, data: { commits: [left, right], shallow: true } });
}

/** The command that brings objects which a partial clone lacks: these alone, or all that it lacks where they are many. */
export function fetchCommand(place: Place, missing: readonly string[]): string {
  const remote = shellWord(place.promisor ?? defaultRemote(place));
  return missing.length > FEW ? `git fetch --refetch --no-filter ${remote}` : `git fetch --filter=blob:none ${remote} ${missing.join(" ")}`;
}

/** The error for objects that are needed and not here; `what` names what they belong to. */
export function objectsMissing(place: Place, what: string, missing: readonly string[]): GmigError {
  const why = place.partial ? "This partial clone does not hold" : place.shallow ? "This shallow clone does not hold" : "This repository does not hold";
  const hint = place.partial ? fetchCommand(place, missing) : place.shallow ? `git fetch --unshallow ${shellWord(defaultRemote(place))}` : "git fsck";
  return new GmigError("GIT_FAILED", `${why} ${what}`, { hint, data: { missing } });
}

/** The command that brings a remote's branch which this clone has not fetched, if the text names one; it works in a single-branch clone too. */
export function fetchBranchCommand(place: Place, text: string): string | undefined {
  const name = text.replace(/^refs\/remotes\//, "").replace(/[~^].*$/s, "");
  const remote = place.remotes.find((one) => name.startsWith(`${one}/`));
  if (remote === undefined) return undefined;
  const branch = name.slice(remote.length + 1);
  return `git fetch ${shellWord(remote)} ${shellWord(`+refs/heads/${branch}:refs/remotes/${remote}/${branch}`)}`;
}

/** The command that merges a branch or commit; a name that git would take for an option is given in full. */
export function mergeCommand(ref: string): string {
  return `git merge ${shellWord(ref.startsWith("-") ? `refs/heads/${ref}` : ref)}`;
}
