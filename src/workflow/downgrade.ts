import type { Config } from "../config/config.js";
import { command, GmigError } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import { planDowngrade } from "../plan/plan-downgrade.js";
import { type ExecuteOptions, executePlan } from "./execute-plan.js";
import { refuseIncomplete } from "./ledger-view.js";
import { nameContext } from "./name-context.js";
import { type PlanResult, planResult } from "./plan-result.js";
import { requireProject } from "./project.js";
import { lockingLedger, type MeetOptions, readingLedger } from "./with-ledger.js";

export interface DowngradeOptions extends MeetOptions, ExecuteOptions {
  readonly dryRun?: boolean | undefined;
  /** Answers whether to revert what lies beyond the named lineage; without it, that is refused. */
  readonly confirm?: ((steps: PlanResult["plan"]) => boolean | Promise<boolean>) | undefined;
}

/** Asks before a downgrade goes further than the user named. */
async function confirmScope(plan: Plan, result: PlanResult, target: string, options: DowngradeOptions): Promise<void> {
  const beyond = result.plan.filter((_, index) => plan.steps[index]?.beyond === true);
  if (beyond.length === 0 || (await options.confirm?.(beyond)) === true) return;
  const list = beyond.map(({ revision, message, reason }) => `\n  ${revision}${message === "" ? "" : ` ${message}`}: ${reason}`).join("");
  throw new GmigError("QUESTIONS_OPEN", `Downgrading to ${target} also reverts what was not named:${list}`, {
    hint: command`gmig downgrade ${target} --yes`,
    data: { plan: result.plan, beyond: beyond.map(({ revision }) => revision) },
  });
}

/**
 * Reverts what stands on a target: a revision name or a relative one.
 *
 * @throws GmigError QUESTIONS_OPEN when it goes beyond the named lineage and nobody agreed; of planning (exit 3) before anything has run;
 * of running (exit 4), with the steps before the failed one done.
 */
export async function downgrade(config: Config, target: string, options: DowngradeOptions = {}): Promise<PlanResult> {
  const project = await requireProject(config);
  const context = await nameContext(project, [target]);
  const meet = options.dryRun === true ? readingLedger : lockingLedger;
  return meet(project, options, async (met) => {
    refuseIncomplete(met.ledger);
    const plan = planDowngrade(project.graph, { ...context, applied: met.ledger.applied, target });
    const result = planResult(plan, project.graph, options.dryRun !== true);
    if (options.dryRun === true) return result;
    await confirmScope(plan, result, target, options);
    await executePlan(plan, project, met, options);
    return result;
  });
}
