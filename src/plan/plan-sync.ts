import { GmigError } from "../errors.js";
import { type Graph, idsOf } from "../graph/graph.js";
import { ancestors, descendants } from "../graph/reach.js";
import { topologicalOrder } from "../graph/topological-order.js";
import type { AppliedRevision } from "../revision/applied.js";
import { type AppliedState, readApplied, trackState } from "./applied-state.js";
import { ledgerGraph } from "./ledger-graph.js";
import { makePlan, type StepDraft } from "./make-plan.js";
import type { Plan } from "./plan.js";

export interface SyncRequest {
  readonly applied: readonly AppliedRevision[];
  /** Applied with another body than the file has now. */
  readonly edited: readonly string[];
  /** Applied by another clone or worktree. */
  readonly foreign: readonly string[];
  /** Reverts also what others applied. */
  readonly allowForeign?: boolean;
}

export interface SyncPlan extends Plan {
  /** Revisions that stay, with other parents or dependencies than the ledger has: only their rows are updated. */
  readonly reparented: readonly string[];
  /** Unknown or edited revisions of others, which are left as they are. */
  readonly left: readonly string[];
}

/** Why each revision goes down, the first reason found. */
type Reasons = Map<string, string>;

function addAll(reasons: Reasons, ids: Iterable<string>, reason: string): void {
  for (const id of ids) if (!reasons.has(id)) reasons.set(id, reason);
}

/**
 * Everything that has to go: the seeds, what stands on them by the ledger, and what stands by the files on anything that is then not applied. What
 * goes is pending afterwards, so that the two rules go on until nothing is added.
 */
function closeDowns(graph: Graph, ledger: Graph, state: AppliedState, seeds: Reasons): Reasons {
  const reasons: Reasons = new Map(seeds);
  for (let size = -1; size !== reasons.size; ) {
    size = reasons.size;
    const going = [...reasons.keys()].flatMap((id) => ledger.nodes.get(id) ?? []);
    for (const node of descendants(going)) {
      const beneath = node.below.find(({ revision }) => reasons.has(revision));
      addAll(reasons, [node.revision], `stands on ${beneath?.revision ?? "what goes"}`);
    }
    const pending = [...graph.nodes.values()].filter((node) => !state.known.has(node) || reasons.has(node.revision));
    for (const start of pending) {
      for (const node of start.above) {
        if (state.known.has(node) && !reasons.has(node.revision)) {
          const why = state.known.has(start) ? `stands on ${start.revision}` : `${start.revision} comes beneath it`;
          addAll(reasons, [node.revision], why);
        }
      }
    }
  }
  return reasons;
}

function sameIds(left: readonly string[], right: readonly string[]): boolean {
  const set = new Set(left);
  return set.size === new Set(right).size && right.every((id) => set.has(id));
}

function reparentedOnes(graph: Graph, state: AppliedState, downs: Reasons): readonly string[] {
  return [...state.known]
    .filter((node) => {
      const entry = state.entries.get(node.revision);
      if (entry === undefined || downs.has(node.revision)) return false;
      const dependsOn = entry.dependsOn.map((name) => graph.labels.get(name)?.revision ?? name);
      return !sameIds(entry.parents, idsOf(node.parents)) || !sameIds(dependsOn, idsOf(node.dependencies));
    })
    .map(({ revision }) => revision);
}

function refuseForeign(ids: readonly string[], reasons: Reasons, unknown: ReadonlySet<string>): GmigError {
  const list = ids.map((id) => `${id} (${reasons.get(id) ?? ""})`).join(", ");
  const code = ids.some((id) => unknown.has(id)) ? "UNKNOWN_APPLIED" : "OUT_OF_ORDER";
  return new GmigError(code, `Syncing would revert what another clone or worktree applied: ${list}`, { hint: "gmig sync --foreign", data: { revisions: ids } });
}

/**
 * Plans what makes the database match the checkout: down goes what the checkout lacks and what is edited, with all that stands on these or on a
 * revision that is to come beneath it, children first by the ledger; then up goes everything to all heads, by the files.
 *
 * @throws GmigError UNKNOWN_APPLIED or OUT_OF_ORDER when what others applied would have to go as well.
 */
export function planSync(graph: Graph, request: SyncRequest): SyncPlan {
  const state = readApplied(graph, request);
  const ledger = ledgerGraph(graph, state);
  const foreign = new Set(request.allowForeign === true ? [] : request.foreign);
  const unknown = new Set(state.unknown.map(({ revision }) => revision));
  const edited = request.edited.filter((id) => state.entries.has(id));
  const seeds: Reasons = new Map();
  addAll(
    seeds,
    [...unknown].filter((id) => !foreign.has(id)),
    "not in this checkout",
  );
  addAll(
    seeds,
    edited.filter((id) => !foreign.has(id)),
    "edited since it was applied",
  );
  const downs = closeDowns(graph, ledger, state, seeds);
  const others = [...downs.keys()].filter((id) => foreign.has(id));
  if (others.length > 0) throw refuseForeign(others, downs, unknown);
  const order = topologicalOrder([...downs.keys()].flatMap((id) => ledger.nodes.get(id) ?? [])).toReversed();
  const downSteps = order.map(({ revision }): StepDraft => ({ revision, direction: "down", reason: downs.get(revision) ?? "" }));
  const missing = [...ancestors(graph.nodes.values())].filter((node) => !state.known.has(node) || downs.has(node.revision));
  const upSteps = topologicalOrder(missing).map(({ revision }): StepDraft => ({ revision, direction: "up", reason: downs.has(revision) ? "applied again" : "pending" }));
  const plan = makePlan([...downSteps, ...upSteps], trackState(graph, state));
  const left = [...unknown, ...edited].filter((id) => foreign.has(id));
  return Object.freeze({ steps: plan.steps, rows: plan.rows, reparented: reparentedOnes(graph, state, downs), left });
}
