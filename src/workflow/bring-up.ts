import type { Database } from "../database/database.js";
import { ensureLedger } from "../database/ledger-meta.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { planUpgrade } from "../plan/plan-upgrade.js";
import type { OnProgress } from "../runner/progress.js";
import { runPlan } from "../runner/run-plan.js";
import type { RunnableStep } from "../runner/runnable-step.js";
import { actorOf, NO_GIT } from "./actor.js";
import { locateIn } from "./locate.js";
import type { Project } from "./project.js";
import { runnableSteps } from "./runnable-steps.js";

export interface BringUpOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Runs steps on a scratch database. */
export async function bringUp(database: Database, steps: readonly RunnableStep[], project: Project, options: BringUpOptions): Promise<void> {
  const { config } = project;
  const lock = await database.connect();
  const tables = ledgerTables(config.ledgerSchema);
  await ensureLedger(lock, tables, "test");
  await runPlan(steps, {
    database,
    lock,
    tables,
    actor: actorOf(NO_GIT),
    transaction: "each",
    lockTimeout: config.lockTimeout,
    onStep: null,
    onProgress: () => undefined,
    locate: locateIn(config.root),
    signal: options.signal,
    guardData: false,
  });
}

/** Applies every revision of the checkout to a scratch database. */
export async function bringUpAll(database: Database, project: Project, options: BringUpOptions): Promise<void> {
  await bringUp(database, await runnableSteps(planUpgrade(project.graph, { rows: [], target: "heads" }), project), project, options);
}
