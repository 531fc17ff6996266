import type { GraphInput } from "../graph/graph.js";

/** A revision at a commit: its header as far as the graph needs it, and the blob that holds it. */
export interface CommittedRevision extends GraphInput {
  readonly blob: string;
}

/** One side changed a header that the other changed otherwise. */
export interface HeaderConflict {
  readonly revision: string;
  readonly ours: CommittedRevision;
  readonly theirs: CommittedRevision;
}

export interface JoinedHeaders {
  /** The revisions of the merged result. */
  readonly revisions: readonly GraphInput[];
  readonly conflicts: readonly HeaderConflict[];
  /** Revisions that the base and theirs have, and ours has deleted. */
  readonly deleted: readonly string[];
  /** Revisions that the base and theirs have, and ours has in another text. */
  readonly changed: readonly { readonly revision: string; readonly ours: CommittedRevision; readonly theirs: CommittedRevision }[];
}

function edges(revision: CommittedRevision): string {
  const { parents = [], dependsOn = [], labels = [] } = revision;
  return JSON.stringify([[...parents].sort(), [...dependsOn].sort(), [...labels].sort()]);
}

function sameEdges(a: CommittedRevision | undefined, b: CommittedRevision | undefined): boolean {
  return a !== undefined && b !== undefined && edges(a) === edges(b);
}

function byId(revisions: Iterable<CommittedRevision>): Map<string, CommittedRevision> {
  return new Map([...revisions].map((revision) => [revision.revision, revision]));
}

/**
 * Joins the revisions of two commits as a merge of them would, by id and three-way: what either side deleted since the base is gone, and of a header
 * that one side changed the change is taken. Nothing is read but the values given.
 */
export function joinHeaders(base: Iterable<CommittedRevision>, ours: Iterable<CommittedRevision>, theirs: Iterable<CommittedRevision>): JoinedHeaders {
  const [was, mine, other] = [byId(base), byId(ours), byId(theirs)];
  const revisions: GraphInput[] = [];
  const conflicts: HeaderConflict[] = [];
  const deleted: string[] = [];
  const changed: { revision: string; ours: CommittedRevision; theirs: CommittedRevision }[] = [];
  for (const id of new Set([...mine.keys(), ...other.keys()])) {
    const [before, left, right] = [was.get(id), mine.get(id), other.get(id)];
    if (left !== undefined && right !== undefined) {
      if (before !== undefined && left.blob !== right.blob && left.blob !== before.blob) changed.push({ revision: id, ours: left, theirs: right });
      const theirChange = sameEdges(left, before) && !sameEdges(right, before);
      if (!sameEdges(left, right) && !sameEdges(left, before) && !sameEdges(right, before)) conflicts.push({ revision: id, ours: left, theirs: right });
      revisions.push(theirChange ? right : left);
    } else if (before === undefined) {
      const added = left ?? right;
      if (added !== undefined) revisions.push(added);
    } else if (right !== undefined) deleted.push(id);
  }
  return { revisions, conflicts, deleted, changed };
}
