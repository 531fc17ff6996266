import type { Node } from "./graph.js";

/** Returns the nodes and everything that `next` leads to from them. Linear, without recursion. */
export function reach(from: Iterable<Node>, next: (node: Node) => Iterable<Node>): Set<Node> {
  const found = new Set(from);
  // A set's iteration also visits what is added on the way.
  for (const node of found) for (const other of next(node)) found.add(other);
  return found;
}

/** Returns the nodes and all that must be applied before them, dependencies included. */
export function ancestors(nodes: Iterable<Node>): Set<Node> {
  return reach(nodes, ({ below }) => below);
}

/** Returns the nodes and all that stands on them, dependents included. */
export function descendants(nodes: Iterable<Node>): Set<Node> {
  return reach(nodes, ({ above }) => above);
}

/** Returns the lineage of a revision: it, its ancestors and its descendants, by parent edges alone. */
export function lineage(node: Node): Set<Node> {
  const found = reach([node], ({ parents }) => parents);
  for (const descendant of reach([node], ({ children }) => children)) found.add(descendant);
  return found;
}
