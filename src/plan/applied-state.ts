import { GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { ancestors } from "../graph/reach.js";
import type { AppliedRevision } from "../revision/applied.js";
import type { AppliedInput } from "./plan.js";
import { type RowsTracker, trackRows } from "./rows-tracker.js";

/** The applied set seen from a graph. */
export interface AppliedState {
  /** Applied and in the graph. */
  readonly known: ReadonlySet<Node>;
  /** Applied and not in the graph. */
  readonly unknown: readonly AppliedRevision[];
  /** Every applied revision with the edges that the ledger recorded. */
  readonly entries: ReadonlyMap<string, AppliedRevision>;
  readonly rows: readonly string[];
}

/** The one refusal of everything that meets a revision which this checkout lacks. */
export function unknownApplied(revisions: readonly string[], message: string): GmigError {
  return new GmigError("UNKNOWN_APPLIED", message, { hint: "gmig sync", data: { revisions } });
}

const NONE: readonly string[] = Object.freeze([]);

function entryOf(node: Node): AppliedRevision {
  return { revision: node.revision, parents: idsOf(node.parents), dependsOn: node.dependencies.length === 0 ? NONE : idsOf(node.dependencies) };
}

function fromRows(graph: Graph, rows: readonly string[]): readonly AppliedRevision[] {
  const missing = rows.filter((id) => !graph.nodes.has(id));
  if (missing.length > 0) {
    const names = missing.join(" and ");
    throw unknownApplied(missing, `The database is at ${names}, which ${missing.length > 1 ? "are" : "is"} not in this checkout`);
  }
  // Ancestors come last, so that tracking rows finds them covered already.
  return [...ancestors(rows.flatMap((id) => graph.nodes.get(id) ?? []))].map(entryOf);
}

/**
 * Returns a tracker that holds the applied set of a state. Edges are the files' for what the graph knows, the ledger's for what it does not.
 */
export function trackState(graph: Graph, state: Pick<AppliedState, "entries">): RowsTracker {
  const find = (id: string): Node | AppliedRevision | undefined => graph.nodes.get(id) ?? state.entries.get(id);
  const below = (item: Node | AppliedRevision): readonly (Node | AppliedRevision)[] =>
    "below" in item ? item.below : [...new Set([...item.parents, ...item.dependsOn])].flatMap((id) => find(id) ?? []);
  const tracker = trackRows(find, below);
  for (const id of state.entries.keys()) tracker.add(id);
  return tracker;
}

/**
 * Reads what is applied.
 *
 * @throws GmigError UNKNOWN_APPLIED for a row that the graph lacks.
 */
export function readApplied(graph: Graph, input: AppliedInput): AppliedState {
  const list = input.applied ?? fromRows(graph, input.rows ?? []);
  const entries = new Map(list.map((entry) => [entry.revision, entry]));
  const known = new Set(list.flatMap(({ revision }) => graph.nodes.get(revision) ?? []));
  const unknown = [...entries.values()].filter(({ revision }) => !graph.nodes.has(revision));
  return { known, unknown, entries, rows: trackState(graph, { entries }).rows() };
}

/**
 * Returns the applied revisions from which no other applied one descends, by any path in the whole graph, in alphabetical order.
 * What the graph lacks counts by the edges that the ledger recorded.
 */
export function rowsOf(graph: Graph, applied: readonly AppliedRevision[]): readonly string[] {
  return readApplied(graph, { applied }).rows;
}
