import { command, GmigError } from "../errors.js";
import { type Graph, idsOf, type Node } from "../graph/graph.js";
import { ancestors, descendants } from "../graph/reach.js";
import type { NameContext } from "../graph/resolve.js";
import { topologicalOrder } from "../graph/topological-order.js";
import { type AppliedState, readApplied, trackState, unknownApplied } from "./applied-state.js";
import { makePlan } from "./make-plan.js";
import type { AppliedInput, Plan } from "./plan.js";
import { type RangeEnds, rangeStart, requireAncestor } from "./plan-range.js";
import { resolveUpgradeTarget } from "./upgrade-target.js";

export interface UpgradeRequest extends AppliedInput, NameContext, Partial<RangeEnds> {
  /** A revision name or a relative one; `head` when left out. */
  readonly target?: string;
  /** Applies pending revisions beneath applied ones instead of refusing them. */
  readonly outOfOrder?: boolean;
}

function refuseOutOfOrder(pending: ReadonlySet<Node>, state: AppliedState): void {
  const standing = ancestors(state.known);
  const misplaced = [...pending].filter((node) => standing.has(node));
  const [first] = misplaced;
  if (first === undefined) return;
  const on = [...descendants([first])].find((node) => state.known.has(node));
  const revisions = idsOf(misplaced);
  throw new GmigError("OUT_OF_ORDER", `Revision ${revisions.join(", ")} is not applied, but ${on?.revision ?? "another"}, which stands on ${first.revision}, is`, {
    hint: "gmig sync",
    data: { revisions },
  });
}

/** Unknown revisions that stand on a pending one, or that lie beneath what the pending ones stand on, by the ledger's edges. */
function refuseUnknown(pending: ReadonlySet<Node>, state: AppliedState): void {
  if (state.unknown.length === 0 || pending.size === 0) return;
  const pendingIds = new Set([...pending].map(({ revision }) => revision));
  const edges = (id: string): readonly string[] => {
    const entry = state.entries.get(id);
    return entry === undefined ? [] : [...entry.parents, ...entry.dependsOn];
  };
  const beneath = new Set([...ancestors(pending)].filter((node) => state.known.has(node)).map(({ revision }) => revision));
  for (const id of beneath) for (const other of edges(id)) beneath.add(other);
  const met = state.unknown
    .filter(({ revision }) => {
      if (beneath.has(revision)) return true;
      const downwards = new Set([revision]);
      for (const id of downwards) for (const other of edges(id)) downwards.add(other);
      return [...downwards].some((id) => pendingIds.has(id));
    })
    .map(({ revision }) => revision);
  if (met.length === 0) return;
  throw unknownApplied(met, `Revision ${met.join(", ")} is applied in the database but not in this checkout, and this upgrade would build on it`);
}

function reasonOf(node: Node, targets: ReadonlySet<Node>, pending: ReadonlySet<Node>): string {
  if (targets.has(node)) return "target";
  const child = node.children.find((other) => pending.has(other));
  if (child !== undefined) return `beneath ${child.revision}`;
  const dependent = node.dependents.find((other) => pending.has(other));
  return dependent === undefined ? "pending" : `${dependent.revision} depends on it`;
}

function describeHeads(error: unknown): never {
  if (!(error instanceof GmigError) || error.code !== "MULTIPLE_HEADS") throw error;
  const message = `${error.message}; join them with gmig merge heads, or apply them all with gmig upgrade heads`;
  throw new GmigError("MULTIPLE_HEADS", message, { hint: error.hint, data: error.data });
}

function readRequest(graph: Graph, request: UpgradeRequest): { readonly state: AppliedState; readonly targets: readonly Node[] } {
  const target = request.target ?? "head";
  if (request.from === undefined && request.to === undefined) {
    const state = readApplied(graph, request);
    return { state, targets: resolveUpgradeTarget(graph, target, state, { ...request, rows: state.rows }) };
  }
  const start = rangeStart(graph, request.from ?? "", "base", request);
  const rows = idsOf(start);
  const state = readApplied(graph, { rows });
  const to = request.to === undefined || request.to === "" ? "head" : request.to;
  const targets = resolveUpgradeTarget(graph, to, state, { ...request, rows });
  requireAncestor(start, targets, command`gmig downgrade --sql ${request.from ?? ""}:${request.to ?? ""}`);
  return { state, targets };
}

/**
 * Plans an upgrade: the targets and their ancestors, dependencies included, minus what is applied, in topological order; ties by creation time, then id.
 *
 * @throws GmigError MULTIPLE_HEADS, OUT_OF_ORDER, UNKNOWN_APPLIED, RANGE_NOT_ANCESTOR, STEP_AMBIGUOUS, STEP_OUT_OF_RANGE, and what `resolve` throws.
 */
export function planUpgrade(graph: Graph, request: UpgradeRequest): Plan {
  let read: ReturnType<typeof readRequest>;
  try {
    read = readRequest(graph, request);
  } catch (error) {
    return describeHeads(error);
  }
  const { state, targets } = read;
  const pending = new Set([...ancestors(targets)].filter((node) => !state.known.has(node)));
  refuseUnknown(pending, state);
  if (request.outOfOrder !== true && pending.size > 0) refuseOutOfOrder(pending, state);
  const order = topologicalOrder(pending);
  const named = new Set(targets);
  const drafts = order.map((node) => ({ revision: node.revision, direction: "up" as const, reason: reasonOf(node, named, pending) }));
  return makePlan(drafts, trackState(graph, state));
}

/**
 * Returns what is not applied, split into what can simply be applied and what lies beneath an applied revision; both in topological order.
 */
export function pendingRevisions(graph: Graph, input: AppliedInput): { readonly pending: readonly string[]; readonly outOfOrder: readonly string[] } {
  const { known } = readApplied(graph, input);
  const standing = ancestors(known);
  const missing = [...graph.nodes.values()].filter((node) => !known.has(node));
  return {
    pending: idsOf(missing.filter((node) => !standing.has(node))),
    outOfOrder: idsOf(missing.filter((node) => standing.has(node))),
  };
}
