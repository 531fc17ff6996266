import { GmigError } from "../errors.js";
import { findBranch, findNode } from "./find-node.js";
import { type Graph, idsOf, type Node } from "./graph.js";
import { isRealHead, isVersionedHead } from "./heads.js";
import { lineage } from "./reach.js";
import { parseRevisionName, type RevisionName } from "./revision-name.js";
import { walkDown, walkUp } from "./walk.js";

/** What a name may refer to beside the graph itself. */
export interface NameContext {
  /** The current rows of the database, for `current`. */
  readonly rows?: readonly string[];
  /** The heads of the revisions folder at a Git ref, for `git/REF`; throws when the ref is none. */
  readonly refHeads?: (ref: string) => readonly string[];
}

/** Refuses a choice between heads, naming them and the commands that join or take them all. */
export function multipleHeads(graph: Graph, found: readonly Node[], name: string): GmigError {
  const real = [...graph.nodes.values()].filter(isRealHead);
  const hint = real.length > 1 ? "gmig merge heads" : "gmig upgrade heads";
  const names = idsOf(found).join(" and ");
  return new GmigError("MULTIPLE_HEADS", `${name} is not one revision: the heads are ${names}`, { hint, data: { heads: idsOf(found) } });
}

function versionedHeads(graph: Graph, branch: string | null): readonly Node[] {
  const within = branch === null ? null : lineage(findBranch(graph, branch));
  return [...graph.nodes.values()].filter((node) => isVersionedHead(node) && (within === null || within.has(node)));
}

function theHead(graph: Graph, branch: string | null, name: string): Node | null {
  const found = versionedHeads(graph, branch);
  if (found.length > 1) throw multipleHeads(graph, found, name);
  return found[0] ?? null;
}

/**
 * Returns the current rows; with a branch, those of its lineage.
 *
 * @throws GmigError UNKNOWN_APPLIED for a row that the graph lacks, unless a branch leaves it out.
 */
export function currentNodes(graph: Graph, branch: string | null, context: Pick<NameContext, "rows">): readonly Node[] {
  const ids = context.rows ?? [];
  const rows = ids.flatMap((id) => graph.nodes.get(id) ?? []);
  if (branch === null) {
    const revisions = ids.filter((id) => !graph.nodes.has(id));
    if (revisions.length === 0) return rows;
    throw new GmigError("UNKNOWN_APPLIED", `The database is at ${revisions.join(" and ")}, which ${revisions.length > 1 ? "are" : "is"} not in this checkout`, { hint: "gmig sync", data: { revisions } });
  }
  const within = lineage(findBranch(graph, branch));
  return rows.filter((node) => within.has(node));
}

function refNode(graph: Graph, name: RevisionName, context: NameContext): Node | null {
  const found = context.refHeads?.(name.ref ?? "") ?? null;
  if (found === null) throw new GmigError("REVISION_NOT_FOUND", `${name.text} needs a Git repository`, { data: { name: name.text } });
  const nodes = found.map((id) => {
    const node = graph.nodes.get(id);
    if (node === undefined) {
      throw new GmigError("REVISION_NOT_FOUND", `Revision ${id}, the head at ${name.text}, is not in this checkout`, { hint: "gmig history", data: { name: name.text, revision: id } });
    }
    return node;
  });
  if (nodes.length > 1) throw multipleHeads(graph, nodes, name.text);
  return nodes[0] ?? null;
}

/** Resolves the name without its offset; `base` is the empty list. */
function resolveSymbol(graph: Graph, name: RevisionName, context: NameContext): readonly Node[] {
  const { branch, symbol } = name;
  const one = (node: Node | null): readonly Node[] => (node === null ? [] : [node]);
  if (name.ref !== null) return one(refNode(graph, name, context));
  switch (symbol) {
    case "heads":
      return branch === null ? [...graph.nodes.values()].filter(isRealHead) : versionedHeads(graph, branch);
    case "head":
      return one(theHead(graph, branch, name.text));
    case "base":
      if (branch !== null) findBranch(graph, branch);
      return [];
    case "current":
      return currentNodes(graph, branch, context);
    case null:
      return one(theHead(graph, branch, name.text));
    default:
      return one(findNode(graph, symbol, branch));
  }
}

/**
 * Returns the one revision that a name stands for, without its offset; null for `base`, and for `head` of an empty graph.
 *
 * @throws GmigError MULTIPLE_HEADS or STEP_AMBIGUOUS when it stands for several, and what `resolve` throws.
 */
export function resolveOne(graph: Graph, name: RevisionName, context: NameContext): Node | null {
  const found = resolveSymbol(graph, name, context);
  if (found.length <= 1) return found[0] ?? null;
  if (name.symbol === "current") {
    throw new GmigError("STEP_AMBIGUOUS", `${name.text} is ambiguous: the rows are ${idsOf(found).join(" and ")}`, { hint: "name the revision", data: { name: name.text, rows: idsOf(found) } });
  }
  throw multipleHeads(graph, found, name.text);
}

/** The nodes of `resolve`. */
export function resolveNodes(graph: Graph, name: RevisionName, context: NameContext): readonly Node[] {
  const { branch, symbol, offset, text } = name;
  if (offset === null) return resolveSymbol(graph, name, context);
  if (symbol === null && offset > 0) {
    throw new GmigError("STEP_OUT_OF_RANGE", `${text} counts from the current rows and goes with upgrade alone`, { hint: `gmig upgrade ${text}`, data: { name: text } });
  }
  const from = resolveOne(graph, name, context);
  const place = offset > 0 ? walkUp(graph, from, offset, text, branch) : walkDown(from, -offset, text);
  return place === null ? [] : [place];
}

/**
 * Resolves the name of a revision (`[BRANCH@]SYMBOL`, `[BRANCH@]-N` below the head, `SYMBOL±N`, `git/REF`) to ids; `base` is [].
 *
 * @throws GmigError REVISION_NOT_FOUND, BRANCH_NOT_FOUND, REVISION_AMBIGUOUS, NOT_ON_BRANCH, MULTIPLE_HEADS, STEP_AMBIGUOUS, STEP_OUT_OF_RANGE, UNKNOWN_APPLIED.
 */
export function resolve(graph: Graph, name: string, context: NameContext = {}): { readonly ids: readonly string[] } {
  return Object.freeze({ ids: Object.freeze(idsOf(resolveNodes(graph, parseRevisionName(name), context))) });
}
