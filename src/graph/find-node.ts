import { command, GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "./graph.js";
import { nearest } from "../nearest.js";
import { lineage } from "./reach.js";

const CANDIDATES_SHOWN = 5;

function ambiguous(text: string, candidates: readonly string[]): GmigError {
  const more = candidates.length > CANDIDATES_SHOWN ? ` and ${candidates.length - CANDIDATES_SHOWN} more` : "";
  return new GmigError("REVISION_AMBIGUOUS", `${text} could be ${candidates.slice(0, CANDIDATES_SHOWN).join(", ")}${more}`, {
    hint: "type more of the id",
    data: { name: text, candidates },
  });
}

/** Exact id, exact label, beginning of an id, beginning of a label, in this order; several of a kind throw REVISION_AMBIGUOUS. */
function lookUp(graph: Graph, text: string, within: ReadonlySet<Node> | null): Node | null {
  const exact = graph.nodes.get(text) ?? graph.labels.get(text);
  if (exact !== undefined) return exact;
  const isNamed = (node: Node): boolean => within === null || within.has(node);
  const byId = [...graph.nodes.values()].filter((node) => node.revision.startsWith(text) && isNamed(node));
  if (byId.length > 1) throw ambiguous(text, idsOf(byId));
  if (byId[0] !== undefined) return byId[0];
  const byLabel = [...graph.labels].filter(([label, node]) => label.startsWith(text) && isNamed(node));
  if (byLabel.length > 1) throw ambiguous(text, byLabel.map(([label]) => label));
  return byLabel[0]?.[1] ?? null;
}

function suggestion(graph: Graph, text: string): string {
  const near = nearest(text, [...graph.labels.keys(), ...graph.nodes.keys()]);
  return near === null ? "" : `; did you mean ${near}?`;
}

/**
 * Returns the revision that a branch name stands for: a label's declaring revision, or the one with the id.
 *
 * @throws GmigError BRANCH_NOT_FOUND, REVISION_AMBIGUOUS.
 */
export function findBranch(graph: Graph, text: string): Node {
  const node = lookUp(graph, text, null);
  if (node !== null) return node;
  throw new GmigError("BRANCH_NOT_FOUND", `There is no branch ${text}: it is neither a label nor an id${suggestion(graph, text)}`, {
    hint: "gmig branches",
    data: { branch: text, labels: [...graph.labels.keys()] },
  });
}

/**
 * Returns the revision with this id, label, or beginning of one; with a branch, one of its lineage.
 *
 * @throws GmigError REVISION_NOT_FOUND, REVISION_AMBIGUOUS, NOT_ON_BRANCH.
 */
export function findNode(graph: Graph, text: string, branch: string | null): Node {
  const within = branch === null ? null : lineage(findBranch(graph, branch));
  const node = lookUp(graph, text, within);
  if (node !== null && (within === null || within.has(node))) return node;
  const elsewhere = node ?? (within === null ? null : lookUp(graph, text, null));
  if (elsewhere !== null) {
    throw new GmigError("NOT_ON_BRANCH", `Revision ${elsewhere.revision} is not on branch ${branch ?? ""}`, {
      hint: command`gmig show ${elsewhere.revision}`,
      data: { revision: elsewhere.revision, branch },
    });
  }
  throw new GmigError("REVISION_NOT_FOUND", `There is no revision ${text}${suggestion(graph, text)}`, { hint: "gmig history", data: { name: text } });
}
