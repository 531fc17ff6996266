import type { Graph } from "../graph/graph.js";
import type { Direction, Plan } from "../plan/plan.js";

export interface PlannedStep {
  readonly revision: string;
  readonly direction: Direction;
  readonly message: string;
  readonly reason: string;
}

/** What `upgrade`, `downgrade` and `sync` return, also for `--dry-run`, where nothing was executed. */
export interface PlanResult {
  readonly plan: readonly PlannedStep[];
  /** The rows once the plan is done. */
  readonly rows: readonly string[];
  readonly executed: boolean;
}

/** Returns a plan as it is told. */
export function planResult(plan: Plan, graph: Graph, executed: boolean): PlanResult {
  return {
    plan: plan.steps.map(({ revision, direction, reason }) => ({ revision, direction, message: graph.nodes.get(revision)?.message ?? "", reason })),
    rows: plan.rows,
    executed,
  };
}
