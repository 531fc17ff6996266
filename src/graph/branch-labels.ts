import type { Node } from "./graph.js";
import { reach } from "./reach.js";

/** Whether several revisions stand on it, so that a label from above ends before it. */
function isBranchPoint(node: Node): boolean {
  return new Set(node.above).size > 1;
}

/**
 * Returns what a label covers: the revision that declares it, all its descendants by parent edges, and its ancestors down to the nearest
 * branch point or merge point, which it leaves out. The walk down begins at the declaring revision itself.
 */
export function coveredByLabel(declaring: Node): Set<Node> {
  const covered = reach([declaring], ({ children }) => children);
  let at: Node | undefined = declaring;
  while (at !== undefined && !isBranchPoint(at) && at.parents.length < 2) {
    covered.add(at);
    at = at.parents[0];
  }
  return covered;
}
