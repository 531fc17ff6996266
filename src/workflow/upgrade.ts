import type { Config } from "../config/config.js";
import { planUpgrade } from "../plan/plan-upgrade.js";
import { type ExecuteOptions, executePlan } from "./execute-plan.js";
import { findCheckout } from "./checkout.js";
import { leaveStamp } from "./leave-stamp.js";
import { refuseIncomplete } from "./ledger-view.js";
import { nameContext } from "./name-context.js";
import { noteDifferences } from "./note-differences.js";
import { type PlanResult, planResult } from "./plan-result.js";
import { requireFolders, requireProject } from "./project.js";
import { lockingLedger, type MeetOptions, readingLedger } from "./with-ledger.js";

export interface UpgradeOptions extends MeetOptions, ExecuteOptions {
  /** Returns the plan that would run, and runs nothing. */
  readonly dryRun?: boolean | undefined;
  /** Applies pending revisions beneath applied ones instead of refusing them. */
  readonly outOfOrder?: boolean | undefined;
}

/**
 * Applies what is pending up to a target: a revision name or a relative one, `head` when left out.
 *
 * @throws GmigError of planning (exit 3) before anything has run, or of running (exit 4), with the steps before the failed one done.
 */
export async function upgrade(config: Config, target = "head", options: UpgradeOptions = {}): Promise<PlanResult> {
  const project = await requireProject(config);
  requireFolders(project);
  const context = await nameContext(project, [target]);
  const meet = options.dryRun === true ? readingLedger : lockingLedger;
  return meet(project, options, async (met) => {
    refuseIncomplete(met.ledger);
    const plan = planUpgrade(project.graph, { ...context, applied: met.ledger.applied, target, outOfOrder: options.outOfOrder === true });
    if (options.dryRun !== true) {
      await executePlan(plan, project, met, options);
      leaveStamp(findCheckout(config));
    }
    await noteDifferences(project, met, options.onProgress);
    return planResult(plan, project.graph, options.dryRun !== true);
  });
}
