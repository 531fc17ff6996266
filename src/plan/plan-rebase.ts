import { GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { ancestors } from "../graph/reach.js";
import { topologicalOrder } from "../graph/topological-order.js";

export interface RebaseRequest {
  /** The revisions to move: those that the other branch lacks. */
  readonly mine: readonly string[];
  /** The revision that they are to follow. */
  readonly onto: string;
}

/** A revision that gets other parents. */
export interface Reparenting {
  readonly revision: string;
  readonly before: readonly string[];
  readonly parents: readonly string[];
}

export interface RebasePlan {
  readonly reparent: readonly Reparenting[];
  /** Merge revisions, which a straight line has no use for. */
  readonly remove: readonly string[];
}

/**
 * Plans a straight line: the revisions to move follow each other on the one they are moved onto, in topological order; merge revisions among them
 * are removed.
 *
 * @throws GmigError GRAPH_CYCLE when the revision to move onto stands on one that is to be moved.
 */
export function planRebase(graph: Graph, { mine, onto }: RebaseRequest): RebasePlan {
  const moved = new Set(mine.flatMap((id) => graph.nodes.get(id) ?? []));
  const base = graph.nodes.get(onto);
  if (base === undefined) throw new GmigError("REVISION_NOT_FOUND", `There is no revision ${onto}`, { hint: "gmig heads", data: { name: onto } });
  const beneath = [...ancestors([base])].find((node) => moved.has(node));
  if (beneath !== undefined) {
    throw new GmigError("GRAPH_CYCLE", `Revision ${onto} stands on ${beneath.revision}, which is to be moved onto it`, { hint: "gmig history --graph", data: { revisions: [beneath.revision, onto] } });
  }
  const reparent: Reparenting[] = [];
  const remove: string[] = [];
  let last: Node = base;
  for (const node of topologicalOrder(moved)) {
    if (node.parents.length > 1) {
      remove.push(node.revision);
      continue;
    }
    if (node.parents.length !== 1 || node.parents[0] !== last) reparent.push({ revision: node.revision, before: idsOf(node.parents), parents: [last.revision] });
    last = node;
  }
  return Object.freeze({ reparent: Object.freeze(reparent), remove: Object.freeze(remove) });
}
