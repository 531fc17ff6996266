import { command, GmigError } from "../errors.js";
import { findBranch } from "./find-node.js";
import { type Graph, idsOf, type Node } from "./graph.js";
import { ancestors, lineage, reach } from "./reach.js";
import { type NameContext, resolveNodes, resolveOne } from "./resolve.js";
import { parseRange, parseRevisionName } from "./revision-name.js";
import { walkDown, walkUp } from "./walk.js";

function upperNodes(graph: Graph, text: string, lower: readonly Node[], context: NameContext): readonly Node[] {
  const name = parseRevisionName(text === "" ? "heads" : text);
  if (name.symbol !== null || name.ref !== null || name.offset === null || name.offset < 0) return resolveNodes(graph, name, context);
  const place = walkUp(graph, lower[0] ?? null, name.offset, text, name.branch);
  return place === null ? [] : [place];
}

/** A lower `-N` counts down from the heads, and stops at the base. */
function lowerNodes(graph: Graph, text: string, context: NameContext): readonly Node[] {
  const name = parseRevisionName(text === "" ? "base" : text);
  if (name.symbol !== null || name.offset === null || name.offset > 0) return resolveNodes(graph, name, context);
  const place = walkDown(resolveOne(graph, name, context), -name.offset, text, "stop");
  return place === null ? [] : [place];
}

/**
 * Lists the revisions between two names, both ends included, newest first: `LOWER:UPPER`, an empty side being `base` or `heads`.
 *
 * @throws GmigError RANGE_MALFORMED; RANGE_NOT_ANCESTOR when the lower end is not beneath the upper one; what `resolve` throws.
 */
export function listRange(graph: Graph, range: string, context: NameContext = {}): readonly string[] {
  const { lower, upper } = parseRange(range);
  const from = lowerNodes(graph, lower, context);
  const to = upperNodes(graph, upper, from, context);
  const wanted = ancestors(to);
  for (const node of from) {
    if (wanted.has(node)) continue;
    const ends = idsOf(to).join(", ");
    const reversed = to.every((end) => ancestors([node]).has(end));
    throw new GmigError("RANGE_NOT_ANCESTOR", `Revision ${node.revision} is not an ancestor of ${ends === "" ? "base" : ends}`, {
      hint: reversed ? command`gmig history -r ${upper}:${lower}` : command`gmig history -r base:${upper}`,
      data: { lower: node.revision, upper: idsOf(to) },
    });
  }
  // As in Alembic, a lower end keeps what descends from it by parents; `label@base` keeps that lineage.
  const { branch } = parseRevisionName(lower === "" ? "base" : lower);
  const standing = from.length > 0 ? reach(from, ({ children }) => children) : branch !== null ? lineage(findBranch(graph, branch)) : wanted;
  const listed = [...graph.nodes.values()].filter((node) => wanted.has(node) && standing.has(node));
  return Object.freeze(idsOf(listed.toReversed()));
}
