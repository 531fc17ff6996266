import { command, GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { descendants, reach } from "../graph/reach.js";
import type { NameContext } from "../graph/resolve.js";
import { topologicalOrder } from "../graph/topological-order.js";
import { type AppliedState, readApplied, trackState, unknownApplied } from "./applied-state.js";
import { type DowngradeTarget, resolveDowngradeTarget } from "./downgrade-target.js";
import { ledgerGraph } from "./ledger-graph.js";
import { makePlan, type StepDraft } from "./make-plan.js";
import type { AppliedInput, Plan } from "./plan.js";
import { type RangeEnds, rangeStart, requireAncestor } from "./plan-range.js";

export interface DowngradeRequest extends AppliedInput, NameContext, Partial<RangeEnds> {
  /** A revision name or a relative one; required unless `from` and `to` are given. */
  readonly target?: string;
}

function notATarget(target: string, stays: string, rows: readonly string[]): GmigError {
  const at = rows.length === 0 ? "nothing is applied" : `the database is at ${rows.join(" and ")}`;
  return new GmigError("NOT_A_DOWNGRADE_TARGET", `${target} is no target to downgrade to: ${stays} is not beneath what is applied (${at})`, {
    hint: "gmig current",
    data: { target, revision: stays, rows },
  });
}

/** The revisions to begin with: those that stand on the target, or the bases, on the branch where one is named. */
function rootsOf(ledger: Graph, target: DowngradeTarget, text: string, rows: readonly string[]): readonly Node[] {
  if (target.reverts !== null) return target.reverts.flatMap((id) => ledger.nodes.get(id) ?? []);
  const { stays, within } = target;
  const kept = stays === null ? null : ledger.nodes.get(stays);
  if (kept === undefined) throw notATarget(text, stays ?? "base", rows);
  const standing = kept === null ? [...ledger.nodes.values()].filter(({ parents }) => parents.length === 0) : kept.children;
  const roots = within === null ? standing : standing.filter(({ revision }) => within.has(revision));
  if (kept !== null && roots.length === 0 && standing.length > 0 && within !== null && !within.has(kept.revision)) {
    throw new GmigError("NOT_ON_BRANCH", `Nothing that stands on ${kept.revision} is on the branch that ${text} names`, { hint: "gmig branches", data: { target: text, revision: kept.revision } });
  }
  return roots;
}

function reasonOf(node: Node, roots: ReadonlySet<Node>, reverted: ReadonlySet<Node>, text: string): string {
  if (roots.has(node)) return `above ${text}`;
  const parent = node.parents.find((other) => reverted.has(other));
  if (parent !== undefined) return `above ${parent.revision}`;
  const dependency = node.dependencies.find((other) => reverted.has(other));
  return dependency === undefined ? `above ${text}` : `depends on ${dependency.revision}`;
}

function planFrom(graph: Graph, state: AppliedState, text: string, context: NameContext): Plan {
  const ledger = ledgerGraph(graph, state);
  const target = resolveDowngradeTarget({ files: graph, ledger, rows: state.rows }, text, context);
  const roots = rootsOf(ledger, target, text, state.rows);
  const reverted = descendants(roots);
  const unknown = idsOf([...reverted].filter(({ revision }) => !graph.nodes.has(revision)));
  if (unknown.length > 0) {
    throw unknownApplied(unknown, `Revision ${unknown.join(", ")} is applied in the database but not in this checkout, and this downgrade would have to revert it`);
  }
  const lineages = reach(roots, ({ children }) => children);
  const isBeyond = (node: Node): boolean => !lineages.has(node) || (target.within !== null && !target.within.has(node.revision));
  const order = topologicalOrder(reverted).toReversed();
  const first = new Set(roots);
  const drafts = order.map(
    (node): StepDraft => ({ revision: node.revision, direction: "down", reason: reasonOf(node, first, reverted, text), beyond: isBeyond(node) }),
  );
  return makePlan(drafts, trackState(graph, state));
}

/**
 * Plans a downgrade: what stands on the target (every base for `base`; on the branch where one is named) and all that descends from it or depends
 * on it, as far as it is applied, children first. It follows the edges that the ledger recorded.
 *
 * @throws GmigError NOT_A_DOWNGRADE_TARGET, NOT_ON_BRANCH, UNKNOWN_APPLIED, RANGE_NOT_ANCESTOR, STEP_AMBIGUOUS, STEP_OUT_OF_RANGE, and what `resolve` throws.
 */
export function planDowngrade(graph: Graph, request: DowngradeRequest): Plan {
  if (request.from === undefined && request.to === undefined) {
    const state = readApplied(graph, request);
    return planFrom(graph, state, request.target ?? "", { ...request, rows: state.rows });
  }
  const start = rangeStart(graph, request.from ?? "", "heads", request);
  const rows = idsOf(start);
  const state = readApplied(graph, { rows });
  const to = request.to === undefined || request.to === "" ? "base" : request.to;
  const context = { ...request, rows: state.rows };
  const target = resolveDowngradeTarget({ files: graph, ledger: ledgerGraph(graph, state), rows: state.rows }, to, context);
  const end = target.stays === null ? undefined : graph.nodes.get(target.stays);
  if (end !== undefined) requireAncestor([end], start, command`gmig upgrade --sql ${request.from ?? ""}:${request.to ?? ""}`);
  return planFrom(graph, state, to, context);
}
