import { GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { ancestors } from "../graph/reach.js";
import { type NameContext, resolveNodes } from "../graph/resolve.js";
import { parseRevisionName } from "../graph/revision-name.js";

/** The two ends of a `--sql` range; an empty side is "". */
export interface RangeEnds {
  readonly from: string;
  readonly to: string;
}

/** Resolves where a range begins; `whenEmpty` says what an empty side means. */
export function rangeStart(graph: Graph, from: string, whenEmpty: string, context: NameContext): readonly Node[] {
  return resolveNodes(graph, parseRevisionName(from === "" ? whenEmpty : from), context);
}

/**
 * Refuses ends of which the lower is not beneath the upper one.
 *
 * @throws GmigError RANGE_NOT_ANCESTOR.
 */
export function requireAncestor(lower: readonly Node[], upper: readonly Node[], hint: string): void {
  const standing = ancestors(upper);
  for (const node of lower) {
    if (standing.has(node)) continue;
    const names = idsOf(upper).join(", ");
    throw new GmigError("RANGE_NOT_ANCESTOR", `Revision ${node.revision} is not an ancestor of ${names === "" ? "base" : names}`, {
      hint,
      data: { lower: node.revision, upper: idsOf(upper) },
    });
  }
}
