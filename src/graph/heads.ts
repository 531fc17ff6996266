import { type Graph, idsOf, type Node } from "./graph.js";

export interface Heads {
  /** Nobody's parent. */
  readonly versioned: readonly string[];
  /** Nobody's parent and nobody's dependency. */
  readonly real: readonly string[];
  /** Nobody's parent, but a dependency: applied with its dependent. */
  readonly effective: readonly string[];
}

/** Whether no revision follows it. */
export function isVersionedHead({ children }: Node): boolean {
  return children.length === 0;
}

/** Whether no revision follows it or depends on it. */
export function isRealHead({ children, dependents }: Node): boolean {
  return children.length === 0 && dependents.length === 0;
}

/** Returns the heads of a graph, each list in topological order. */
export function heads(graph: Graph): Heads {
  const versioned = [...graph.nodes.values()].filter(isVersionedHead);
  const real = versioned.filter(isRealHead);
  return Object.freeze({ versioned: idsOf(versioned), real: idsOf(real), effective: idsOf(versioned.filter((node) => !isRealHead(node))) });
}
