import { command, GmigError } from "../errors.js";
import { findBranch } from "../graph/find-node.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { ancestors, descendants } from "../graph/reach.js";
import { type NameContext, resolveNodes } from "../graph/resolve.js";
import { parseRevisionName, type RevisionName } from "../graph/revision-name.js";
import { type AppliedState, readApplied, trackState, unknownApplied } from "./applied-state.js";
import type { AppliedInput } from "./plan.js";

export interface StampRequest extends AppliedInput, NameContext {
  readonly targets: readonly string[];
  /** Forgets everything first, unknown revisions too. */
  readonly purge?: boolean;
}

export interface StampPlan {
  readonly rows: readonly string[];
  /** Revisions that become applied, ancestors first. */
  readonly add: readonly string[];
  /** Revisions that become not applied, descendants first. */
  readonly remove: readonly string[];
}

/** What is applied of a branch and of nothing else: its lineage, without what the other applied revisions stand on. */
function ofBranch(graph: Graph, branch: string, known: ReadonlySet<Node>): ReadonlySet<Node> {
  const named = findBranch(graph, branch);
  const related = ancestors([named]);
  for (const node of descendants([named])) related.add(node);
  const others = ancestors([...known].filter((node) => !related.has(node)));
  return new Set([...related].filter((node) => !others.has(node)));
}

function parseTarget(text: string): RevisionName {
  const name = parseRevisionName(text);
  if (name.offset === null) return name;
  throw new GmigError("REVISION_NOT_FOUND", `stamp takes no relative names such as ${text}`, { hint: "gmig history", data: { name: text } });
}

function refuseUnknown(state: AppliedState, removed: ReadonlySet<string>): void {
  const met = state.unknown.filter(({ parents, dependsOn }) => [...parents, ...dependsOn].some((id) => removed.has(id))).map(({ revision }) => revision);
  if (met.length === 0) return;
  const base = unknownApplied(met, `Revision ${met.join(", ")} is applied in the database but not in this checkout, and stands on what this stamp would remove`);
  throw new GmigError(base.code, base.message, { hint: command`gmig stamp --forget ${met[0] ?? ""}`, data: base.data });
}

/**
 * Plans a stamp: each destination and its ancestors become applied, what stands above it does not; other lineages stay as they are.
 * `base` empties, `label@base` empties that lineage.
 *
 * @throws GmigError REVISION_NOT_FOUND for a relative name, UNKNOWN_APPLIED, and what `resolve` throws.
 */
export function planStamp(graph: Graph, request: StampRequest): StampPlan {
  const purge = request.purge === true;
  const state = readApplied(graph, purge && request.applied === undefined ? { applied: [] } : request);
  const context = { ...request, rows: state.rows };
  const forgotten = new Set(purge ? state.known : []);
  const destinations: Node[] = [];
  for (const text of request.targets) {
    const name = parseTarget(text);
    const found = resolveNodes(graph, name, context);
    destinations.push(...found);
    if (name.symbol === "base") for (const node of name.branch === null ? state.known : ofBranch(graph, name.branch, state.known)) forgotten.add(node);
    for (const node of descendants(found)) if (!found.includes(node)) forgotten.add(node);
  }
  const wanted = ancestors(destinations);
  const order = [...graph.nodes.values()];
  const add = idsOf(order.filter((node) => wanted.has(node) && !state.known.has(node)));
  const removed = idsOf(order.filter((node) => forgotten.has(node) && state.known.has(node) && !wanted.has(node)));
  const unknown = purge ? state.unknown.map(({ revision }) => revision) : [];
  if (!purge) refuseUnknown(state, new Set(removed));
  const remove = [...unknown, ...removed.toReversed()];
  const tracker = trackState(graph, state);
  for (const id of remove) tracker.remove(id);
  for (const id of add) tracker.add(id);
  return Object.freeze({ rows: Object.freeze(tracker.rows()), add: Object.freeze(add), remove: Object.freeze(remove) });
}
