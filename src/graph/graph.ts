/** What the graph takes of a revision's header; anything may be left out but the id. */
export interface GraphInput {
  readonly revision: string;
  readonly parents?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly labels?: readonly string[];
  readonly created?: string;
  readonly message?: string;
  /** Named in problems. */
  readonly file?: string;
}

/** A revision with its edges. Nodes point at each other, so they are compared by identity or by `revision`, never deeply. */
export interface Node {
  readonly revision: string;
  readonly created: string;
  readonly message: string;
  readonly parents: readonly Node[];
  readonly children: readonly Node[];
  /** What it depends on, labels resolved. */
  readonly dependencies: readonly Node[];
  readonly dependents: readonly Node[];
  /** Parents and dependencies together: the edges that drive rows and order. */
  readonly below: readonly Node[];
  /** Children and dependents together. */
  readonly above: readonly Node[];
  /** Labels that it declares. */
  readonly labels: readonly string[];
  /** Labels that cover it, its own among them, in alphabetical order. */
  readonly branches: readonly string[];
  /** Its place among all revisions by creation time, then id, from 0: what breaks ties. */
  readonly rank: number;
}

/** A sound revision graph: closed under parents and dependencies, without cycles. */
export interface Graph {
  /** By id, ancestors first; ties by creation time, then id. */
  readonly nodes: ReadonlyMap<string, Node>;
  /** The revision that declares each label. */
  readonly labels: ReadonlyMap<string, Node>;
}

/** Returns the ids of nodes, in their order. */
export function idsOf(nodes: readonly Node[]): readonly string[] {
  return nodes.map(({ revision }) => revision);
}
