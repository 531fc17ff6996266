import { readGraph } from "../graph/build-graph.js";
import { type Graph, type GraphInput, idsOf, type Node } from "../graph/graph.js";
import type { AppliedRevision } from "../revision/applied.js";
import type { AppliedState } from "./applied-state.js";

/** The applied revisions nearest beneath a revision that is not applied itself, by the files. */
function nearestApplied(graph: Graph, id: string, entries: ReadonlyMap<string, AppliedRevision>): readonly string[] {
  const start = graph.nodes.get(id);
  if (start === undefined) return [];
  const found: string[] = [];
  const seen = new Set<Node>([start]);
  for (const node of seen) {
    if (entries.has(node.revision)) found.push(node.revision);
    else for (const other of node.below) seen.add(other);
  }
  return found;
}

function inputs(graph: Graph, state: AppliedState, edges: (entry: AppliedRevision) => AppliedRevision): GraphInput[] {
  const bridge = (entry: AppliedRevision, ids: readonly string[]): readonly string[] =>
    ids.every((id) => state.entries.has(id))
      ? ids
      : ids.flatMap((id) => (state.entries.has(id) ? [id] : nearestApplied(graph, id, state.entries))).filter((id) => id !== entry.revision);
  return [...state.entries.values()].map((entry) => {
    const { parents, dependsOn } = edges(entry);
    const node = graph.nodes.get(entry.revision);
    const resolved = dependsOn.length === 0 ? dependsOn : dependsOn.map((name) => graph.labels.get(name)?.revision ?? name);
    return {
      revision: entry.revision,
      parents: bridge(entry, parents),
      dependsOn: bridge(entry, resolved),
      ...(node === undefined ? {} : { labels: node.labels, created: node.created }),
    };
  });
}

/**
 * Returns the graph of what is applied, by the edges that the ledger recorded; a recorded parent that is not applied any more is bridged by the files.
 *
 * The ledger and the files are never united into one graph otherwise: after a reorder that union can be a circle. Should the recorded edges
 * be one themselves, the files decide for what they know.
 */
export function ledgerGraph(graph: Graph, state: AppliedState): Graph {
  const recorded = readGraph(inputs(graph, state, (entry) => entry));
  if (recorded.problems.length === 0) return recorded.graph;
  const byFiles = (entry: AppliedRevision): AppliedRevision => {
    const node = graph.nodes.get(entry.revision);
    if (node === undefined) return entry;
    return { ...entry, parents: idsOf(node.parents), dependsOn: idsOf(node.dependencies) };
  };
  return readGraph(inputs(graph, state, byFiles)).graph;
}
