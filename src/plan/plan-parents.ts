import { command, GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { isVersionedHead } from "../graph/heads.js";
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

/**
 * Returns the heads that a merge revision is to join, fewer than two when there is nothing to merge.
 *
 * @throws GmigError PARENT_DUPLICATE, SPLICE_NEEDED, and what `resolve` throws.
 */
export function planMergeParents(graph: Graph, names: readonly string[], context: NameContext = {}): readonly string[] {
  const nodes = names.flatMap((name) => resolveNodes(graph, parseRevisionName(name), context));
  refuseDuplicates(nodes);
  refuseInner(nodes, (ids) => `gmig revision ${ids.map((id) => command`--parent ${id}`).join(" ")} --splice -m MSG`);
  return Object.freeze(nodes.length < 2 ? [] : idsOf(nodes));
}
