import { command, GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { isRealHead, isVersionedHead } from "../graph/heads.js";
import { reach } from "../graph/reach.js";
import { type NameContext, resolveNodes } from "../graph/resolve.js";
import { parseRevisionName } from "../graph/revision-name.js";

export interface ParentsRequest extends NameContext {
  /** Revision names; none means `head`. */
  readonly parents: readonly string[];
  /** Allows a parent that is no head, so that the graph forks there. */
  readonly splice?: boolean;
}

function refuseDuplicates(nodes: readonly Node[]): void {
  const twice = nodes.find((node, index) => nodes.indexOf(node) !== index);
  if (twice === undefined) return;
  throw new GmigError("PARENT_DUPLICATE", `Revision ${twice.revision} is named more than once as a parent`, { hint: "gmig heads", data: { revision: twice.revision } });
}

function refuseInner(nodes: readonly Node[], hint: (ids: readonly string[]) => string): void {
  const inner = idsOf(nodes.filter((node) => !isVersionedHead(node)));
  if (inner.length === 0) return;
  const message = `Revision ${inner.join(" and ")} is not a head: a revision that follows it would begin a branch there`;
  throw new GmigError("SPLICE_NEEDED", message, { hint: hint(inner), data: { revisions: inner } });
}

/**
 * Returns the parents of a new revision; none for a new base (`base`, or an empty graph).
 *
 * @throws GmigError PARENT_DUPLICATE, SPLICE_NEEDED, MULTIPLE_HEADS, and what `resolve` throws.
 */
export function planParents(graph: Graph, request: ParentsRequest): readonly string[] {
  const names = request.parents.length === 0 ? ["head"] : request.parents;
  const nodes = names.flatMap((name) => resolveNodes(graph, parseRevisionName(name), request));
  refuseDuplicates(nodes);
  if (request.splice !== true) refuseInner(nodes, (ids) => command`gmig revision --parent ${ids[0] ?? ""} --splice -m MSG`);
  return Object.freeze(idsOf(nodes));
}

/** One revision alone cannot be merged, whatever the graph looks like around it; where nothing forks, there is nothing to merge at all. */
function refuseAlone(graph: Graph, node: Node): void {
  const real = idsOf([...graph.nodes.values()].filter(isRealHead));
  if (real.length < 2) return;
  const others = real.filter((id) => id !== node.revision);
  throw new GmigError("USAGE", `Revision ${node.revision} alone cannot be merged: merge takes two revisions or more, and the heads are ${real.join(" and ")}`, {
    hint: others.length === 1 && isRealHead(node) ? command`gmig merge ${[node.revision, ...others]}` : "gmig merge heads",
    data: { revision: node.revision, heads: real },
  });
}

function refuseBeneath(nodes: readonly Node[]): void {
  for (const node of nodes) {
    const under = nodes.find((other) => other !== node && reach([node], ({ parents }) => parents).has(other));
    if (under === undefined) continue;
    const message = `Revision ${node.revision} stands on ${under.revision} already: there is nothing to join`;
    throw new GmigError("SPLICE_NEEDED", message, { hint: "gmig history --graph", data: { revisions: [under.revision] } });
  }
}

/**
 * Returns the heads that a merge revision is to join, fewer than two when there is nothing to merge.
 *
 * @throws GmigError USAGE for one revision of several heads, PARENT_DUPLICATE, SPLICE_NEEDED, and what `resolve` throws.
 */
export function planMergeParents(graph: Graph, names: readonly string[], context: NameContext = {}): readonly string[] {
  const parsed = names.map(parseRevisionName);
  const nodes = parsed.flatMap((name) => resolveNodes(graph, name, context));
  refuseDuplicates(nodes);
  const [only, second] = nodes;
  // Whoever says "heads" means as many as there are.
  if (only !== undefined && second === undefined && !parsed.some(({ symbol }) => symbol === "heads")) refuseAlone(graph, only);
  if (second === undefined) return Object.freeze([]);
  refuseBeneath(nodes);
  refuseInner(nodes, () => `gmig revision ${nodes.map(({ revision }) => command`--parent ${revision}`).join(" ")} --splice -m MSG`);
  return Object.freeze(idsOf(nodes));
}
