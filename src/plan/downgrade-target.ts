import { command, GmigError } from "../errors.js";
import { findBranch } from "../graph/find-node.js";
import type { Graph, Node } from "../graph/graph.js";
import { lineage } from "../graph/reach.js";
import { type NameContext, resolveOne } from "../graph/resolve.js";
import { parseRevisionName, type RevisionName } from "../graph/revision-name.js";
import { walkDown, walkUp } from "../graph/walk.js";

/** What a downgrade ends at, and which of the revisions standing there begin it. */
export interface DowngradeTarget {
  /** The revision that stays applied; null for `base`. */
  readonly stays: string | null;
  /** The revisions to revert first of all: null for whatever stands on `stays`. */
  readonly reverts: readonly string[] | null;
  /** The ids that a root must be among; null when no branch limits them. */
  readonly within: ReadonlySet<string> | null;
}

/** The graph of the files, in which names are looked up, and that of the ledger, which a downgrade walks. */
export interface DowngradeGraphs {
  readonly files: Graph;
  readonly ledger: Graph;
  readonly rows: readonly string[];
}

function idsOf(nodes: Iterable<Node>): ReadonlySet<string> {
  return new Set([...nodes].map(({ revision }) => revision));
}

/** The lineage of a branch among the applied revisions, by the ledger where it knows the branch, else by the files. */
function branchIds(graphs: DowngradeGraphs, branch: string): ReadonlySet<string> {
  const named = findBranch(graphs.files, branch);
  return idsOf(lineage(graphs.ledger.nodes.get(named.revision) ?? named));
}

function ambiguousRows(name: RevisionName, rows: readonly string[]): GmigError {
  return new GmigError("STEP_AMBIGUOUS", `${name.text} is ambiguous: it could count from ${rows.join(" or ")}`, {
    hint: command`gmig downgrade ${rows[0] ?? ""}@${String(name.offset ?? "")}`,
    data: { name: name.text, rows },
  });
}

/** Where `-N` counts from: the one row; on a branch its row, or its highest applied revision where another lineage depends on that. */
function startOf(graphs: DowngradeGraphs, name: RevisionName): Node {
  const { ledger, rows } = graphs;
  const { branch } = name;
  const within = branch === null ? null : branchIds(graphs, branch);
  const isWithin = (id: string): boolean => within === null || within.has(id);
  const tips = [...ledger.nodes.values()].filter((node) => node.children.length === 0 && isWithin(node.revision)).map(({ revision }) => revision);
  const ownRows = rows.filter(isWithin);
  const starts = ownRows.length > 0 || branch === null ? ownRows : tips;
  if (starts.length > 1) throw ambiguousRows(name, starts);
  const start = ledger.nodes.get(starts[0] ?? "");
  if (start !== undefined) return start;
  const what = branch === null ? "nothing is applied" : `nothing of ${branch} is applied at the top`;
  throw new GmigError("STEP_OUT_OF_RANGE", `${name.text} has nothing to count from: ${what}`, { hint: "gmig current", data: { name: name.text } });
}

function relativeToRows(graphs: DowngradeGraphs, name: RevisionName): DowngradeTarget {
  const steps = -(name.offset ?? 0);
  const start = startOf(graphs, name);
  if (steps === 1 && start.parents.length > 1 && graphs.rows.length === 1 && graphs.rows[0] === start.revision) {
    return { stays: null, reverts: [start.revision], within: null };
  }
  const place = walkDown(start, steps, name.text);
  const branch = name.branch === null ? null : branchIds(graphs, name.branch);
  return { stays: place?.revision ?? null, reverts: null, within: branch ?? idsOf(lineage(start)) };
}

/**
 * Resolves the target of a downgrade: the revision names and `[BRANCH@][SYMBOL]±N`, where `-N` alone counts from the current rows.
 *
 * @throws GmigError STEP_OUT_OF_RANGE, STEP_AMBIGUOUS, and what `resolve` throws.
 */
export function resolveDowngradeTarget(graphs: DowngradeGraphs, target: string, context: NameContext): DowngradeTarget {
  const name = parseRevisionName(target);
  const { branch, symbol, offset, text } = name;
  if (offset !== null && (symbol === null || (symbol === "current" && offset < 0))) {
    if (offset < 0) return relativeToRows(graphs, name);
    throw new GmigError("STEP_OUT_OF_RANGE", `${text} counts up from the current rows, which a downgrade cannot do`, { hint: command`gmig upgrade ${text}`, data: { name: text } });
  }
  // As in Alembic, the branch chooses among what stands on the target; the target itself may lie on another branch.
  const isNamedOnBranch = symbol === "head" || symbol === "heads" || symbol === "current" || (offset !== null && offset < 0);
  const from = resolveOne(graphs.files, isNamedOnBranch ? name : { ...name, branch: null }, context);
  const place = offset === null ? from : offset > 0 ? walkUp(graphs.files, from, offset, text, branch) : walkDown(from, -offset, text);
  return { stays: place?.revision ?? null, reverts: null, within: branch === null ? null : branchIds(graphs, branch) };
}
