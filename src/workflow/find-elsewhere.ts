import type { LedgerRow } from "../database/read-ledger.js";
import { isCandidate } from "../directory/list-files.js";
import { filesOnBranches } from "../git/files-on-branches.js";
import { findBlobs } from "../git/find-blobs.js";
import type { Checkout } from "./checkout.js";
import { committedHeaders } from "./committed-revisions.js";
import type { Project } from "./project.js";

/** Commits are named by this many digits in lists for people. */
const SHORT = 10;

/** Where a revision is that this checkout lacks. */
export interface Elsewhere {
  /** The branches whose tip holds it, local and remote-tracking. */
  readonly branches: readonly string[];
  /** Where no branch does: the commit in this clone's own history that did, shortened; null where none is known. */
  readonly commit: string | null;
}

/** Returns where each of these revisions is. Looks for the id in headers, not in file names. */
export async function findElsewhere(rows: readonly LedgerRow[], project: Project, checkout: Checkout): Promise<ReadonlyMap<string, Elsewhere>> {
  const { config } = project;
  const options = { recursive: config.recursive };
  const { branches } = await filesOnBranches(checkout.repository, checkout.folders, { ...options, remotes: true });
  const here = new Set([...project.files.values()].map(({ blob }) => blob));
  const distinct = new Map(branches.flatMap(({ folders }) => folders.flatMap(({ files }) => files.filter(({ id, name }) => !here.has(id) && isCandidate(name.slice(name.lastIndexOf("/") + 1))).map((file) => [file.id, file] as const))));
  const headerOf = await committedHeaders(checkout, [...distinct.values()], config.cache);
  const revisionOf = new Map([...distinct.values()].map((file) => {
    const found = headerOf(file);
    return [file.id, found != null && "header" in found ? found.header.revision : null] as const;
  }));
  const held = branches.map(({ name, folders }) => ({ name, ids: new Set(folders.flatMap(({ files }) => files.map(({ id }) => revisionOf.get(id)))) }));
  const found = new Map<string, Elsewhere>(rows.map(({ revision }) => [revision, { branches: held.filter(({ ids }) => ids.has(revision)).map(({ name }) => name), commit: null }]));
  const lost = rows.filter(({ revision, blob }) => found.get(revision)?.branches.length === 0 && blob !== "");
  if (lost.length > 0) {
    const places = await findBlobs(checkout.repository, lost.map(({ blob }) => blob), checkout.folders, options);
    for (const { revision, blob } of lost) {
      const place = places.get(blob);
      if (place !== undefined) found.set(revision, { branches: [], commit: place.commit.slice(0, SHORT) });
    }
  }
  return found;
}
