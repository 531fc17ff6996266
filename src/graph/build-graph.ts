import { GmigError } from "../errors.js";
import type { Problem } from "../revision/problem.js";
import { coveredByLabel } from "./branch-labels.js";
import { cycleProblems, declaredLabels, edgeProblems, soundInputs } from "./find-problems.js";
import type { Graph, GraphInput, Node } from "./graph.js";
import { topologicalOrder } from "./topological-order.js";

/** A node while it is being built; edge lists are shared and empty until something comes into them. */
type Draft = { -readonly [Key in keyof Node]: Node[Key] extends readonly Node[] ? readonly Draft[] : Node[Key] } & { readonly input: GraphInput };
type EdgeList = "parents" | "children" | "dependencies" | "dependents";

export interface GraphReading {
  /** The sound part: what has no problem itself and nothing missing beneath. */
  readonly graph: Graph;
  readonly problems: readonly Problem[];
}

function compareInputs(a: GraphInput, b: GraphInput): number {
  const [left, right] = [a.created ?? "", b.created ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  return a.revision < b.revision ? -1 : 1;
}

const NONE: readonly never[] = Object.freeze([]);

function draft(input: GraphInput, rank: number): Draft {
  const { revision, created = "", message = "" } = input;
  return {
    input,
    revision,
    created,
    message,
    rank,
    labels: NONE,
    branches: NONE,
    parents: NONE,
    children: NONE,
    dependencies: NONE,
    dependents: NONE,
    below: NONE,
    above: NONE,
  };
}

function byId(nodes: readonly Draft[]): Map<string, Draft> {
  const map = new Map<string, Draft>();
  for (const node of nodes) map.set(node.revision, node);
  return map;
}

function addEdge(node: Draft, list: EdgeList, other: Draft): void {
  if (node[list] === NONE) node[list] = [other];
  else (node[list] as Draft[]).push(other);
}

/** Connects every node with those that are there; a name that stands twice counts once. */
function connect(drafts: ReadonlyMap<string, Draft>, labels: ReadonlyMap<string, string>): void {
  for (const node of drafts.values()) {
    const { parents = NONE, dependsOn = NONE } = node.input;
    for (const id of parents) {
      const parent = drafts.get(id);
      if (parent === undefined || node.parents.includes(parent)) continue;
      addEdge(node, "parents", parent);
      addEdge(parent, "children", node);
    }
    for (const name of dependsOn) {
      const dependency = drafts.get(name) ?? drafts.get(labels.get(name) ?? "");
      if (dependency === undefined || node.dependencies.includes(dependency)) continue;
      addEdge(node, "dependencies", dependency);
      addEdge(dependency, "dependents", node);
    }
  }
  for (const node of drafts.values()) {
    node.below = node.dependencies === NONE ? node.parents : [...node.parents, ...node.dependencies];
    node.above = node.dependents === NONE ? node.children : [...node.children, ...node.dependents];
  }
}

/** Returns the drafts in order, without those that `unsound` names and all that stands on them. */
function soundPart(drafts: ReadonlyMap<string, Draft>, unsound: ReadonlySet<string>): Map<string, Draft> {
  const blocked = new Set<Draft>();
  for (const id of unsound) {
    const node = drafts.get(id);
    if (node !== undefined) blocked.add(node);
  }
  for (const node of blocked) for (const other of node.above) blocked.add(other);
  const kept = blocked.size === 0 ? drafts.values() : [...drafts.values()].filter((node) => !blocked.has(node));
  return byId(topologicalOrder(kept));
}

/** Forgets what stands on the sound nodes without being one. */
function dropEdgesUp(nodes: ReadonlyMap<string, Draft>): void {
  for (const node of nodes.values()) {
    for (const list of ["children", "dependents", "above"] as const) node[list] = node[list].filter(({ revision }) => nodes.has(revision));
  }
}

/** Builds the graph of the sound revisions and tells every problem of the rest. The order of the input is of no consequence. Never throws. */
export function readGraph(inputs: Iterable<GraphInput>): GraphReading {
  const { sound, problems } = soundInputs(inputs);
  const sorted = [...sound.values()].sort(compareInputs);
  const drafts = byId(sorted.map(draft));
  const labels = declaredLabels(sorted, sound);
  connect(drafts, labels.declaring);
  const edges = edgeProblems(sorted, sound, labels.declaring, problems);
  const unsound = new Set(edges.flatMap(({ revisions }) => revisions));
  const nodes = soundPart(drafts, unsound);
  const cycles = nodes.size < drafts.size ? cycleProblems(drafts.values(), sound) : [];
  if (nodes.size < drafts.size) dropEdgesUp(nodes);
  const declaring = new Map<string, Node>();
  for (const [label, revision] of labels.declaring) {
    const node = nodes.get(revision);
    if (node === undefined) continue;
    declaring.set(label, node);
    node.labels = [...node.labels, label];
    for (const covered of coveredByLabel(node)) (covered as Draft).branches = [...covered.branches, label].sort();
  }
  const graph: Graph = Object.freeze({ nodes, labels: declaring });
  return Object.freeze({ graph, problems: Object.freeze([...problems, ...labels.problems, ...edges, ...cycles]) });
}

/**
 * Builds a graph from headers.
 *
 * @throws GmigError with the first problem's code; all of them in `data.problems`.
 */
export function buildGraph(inputs: Iterable<GraphInput>): Graph {
  const { graph, problems } = readGraph(inputs);
  const [first] = problems;
  if (first === undefined) return graph;
  const others = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  throw new GmigError(first.code, `${first.message}${others}`, { hint: first.hint, data: { revisions: first.revisions, problems } });
}
