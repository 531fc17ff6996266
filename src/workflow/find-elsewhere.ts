import type { LedgerRow } from "../database/read-ledger.js";
import { isCandidate } from "../directory/list-files.js";
import { filesOnBranches } from "../git/files-on-branches.js";
import { findBlobs } from "../git/find-blobs.js";
import type { Checkout } from "./checkout.js";
import { committedHeaders } from "./committed-revisions.js";
import type { Project } from "./project.js";

/** Commits are named by this many digits in lists for people. */
const SHORT = 10;

/**
 * Returns, for each of these revisions, the branches whose tip holds it, local and remote-tracking; where there is none, the commit in this clone's own
 * history that did. Looks for the id in headers, not in file names.
 */
export async function findElsewhere(rows: readonly LedgerRow[], project: Project, checkout: Checkout): Promise<ReadonlyMap<string, readonly string[]>> {
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
  const found = new Map<string, string[]>(rows.map(({ revision }) => [revision, []]));
  for (const { name, folders } of branches) {
    const held = new Set(folders.flatMap(({ files }) => files.map(({ id }) => revisionOf.get(id))));
    for (const { revision } of rows) if (held.has(revision)) found.get(revision)?.push(name);
  }
  const lost = rows.filter(({ revision, blob }) => found.get(revision)?.length === 0 && blob !== "");
  if (lost.length > 0) {
    const places = await findBlobs(checkout.repository, lost.map(({ blob }) => blob), checkout.folders, options);
    for (const { revision, blob } of lost) {
      const place = places.get(blob);
      if (place !== undefined) found.get(revision)?.push(place.commit.slice(0, SHORT));
    }
  }
  return found;
}
