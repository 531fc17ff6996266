import { ledgerTables } from "../database/ledger-tables.js";
import type { Plan } from "../plan/plan.js";
import type { OnProgress } from "../runner/progress.js";
import { requireTransactional, runPlan } from "../runner/run-plan.js";
import { actorOf } from "./actor.js";
import { rememberTexts } from "./remember-texts.js";
import type { RunOptions } from "../runner/run-options.js";
import { locateIn } from "./locate.js";
import type { Project } from "./project.js";
import { runnableSteps } from "./runnable-steps.js";
import type { Met } from "./with-ledger.js";

/** How a plan is run. */
export interface ExecuteOptions {
  /** Each step in a transaction of its own (the default), or all in one. */
  readonly transaction?: "each" | "all" | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Lets tables and columns go that hold rows, also where that is guarded. */
  readonly allowDataLoss?: boolean | undefined;
  /** Ends the run: the current step is rolled back. */
  readonly signal?: AbortSignal | undefined;
}

/** Whether a database is not marked as one that may be played with; without a mark it counts as production. */
function isProtected({ ledger }: Met): boolean {
  const environment = ledger.meta?.environment;
  return environment !== "development" && environment !== "test";
}

/**
 * Loads and runs a plan on a database whose lock is held.
 *
 * @throws GmigError REVISION_MALFORMED, IRREVERSIBLE, USAGE, DATA_LOSS, STEP_FAILED, STEP_BROKE_TRANSACTION, INTERRUPTED.
 */
export async function executePlan(plan: Plan, project: Project, met: Met, options: ExecuteOptions): Promise<void> {
  if (plan.steps.length === 0) return;
  const steps = await runnableSteps(plan, project);
  if (options.transaction === "all") requireTransactional(steps);
  await rememberTexts(steps, project, met, options.onProgress);
  const guardData = options.allowDataLoss !== true && isProtected(met) && plan.steps.some(({ direction }) => direction === "down");
  await runPlan(steps, { ...runOptions(project, met, options), guardData });
}

/** Returns what every run on this database takes: the connections, who acts, and how. */
export function runOptions(project: Project, met: Met, options: ExecuteOptions): Omit<RunOptions, "guardData"> {
  const { config } = project;
  const { onStep } = config;
  return {
    database: met.database,
    lock: met.connection,
    tables: ledgerTables(config.ledgerSchema),
    actor: actorOf(met.git),
    transaction: options.transaction ?? "each",
    lockTimeout: config.lockTimeout,
    onStep: onStep === null ? null : ({ step, message }, { knex }) => onStep({ revision: step.revision, direction: step.direction, message, knex }),
    onProgress: options.onProgress ?? (() => undefined),
    locate: locateIn(config.root),
    signal: options.signal,
  };
}
