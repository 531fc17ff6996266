import { setTimeout as sleep } from "node:timers/promises";
import type { StepSession, StepTransaction } from "../database/step-session.js";
import { GmigError } from "../errors.js";
import type { RunOptions } from "./run-options.js";
import type { RunnableStep } from "./runnable-step.js";
import { stillRunning } from "./step-error.js";

/** What a body runs on. */
type Target = Pick<StepTransaction, "knex" | "query" | "isBusy">;

/** How long a cancelled body may take to notice. */
const CANCEL_MILLISECONDS = 3000;

async function run(step: RunnableStep, target: Target): Promise<void> {
  const { body } = step;
  if (body.kind === "code") {
    await body.run(target.knex);
    if (await target.isBusy()) throw stillRunning(step);
    return;
  }
  for (const statement of body.statements) if (statement.trim() !== "") await target.query(statement);
}

function interrupted(step: RunnableStep): GmigError {
  const state = step.transactional ? "that step was rolled back" : "it runs outside a transaction, so that a part of it may be there";
  return new GmigError("INTERRUPTED", `Interrupted during revision ${step.step.revision}: ${state}`, { hint: "gmig status", data: { revision: step.step.revision } });
}

/**
 * Runs a body, and gives it up when the signal says so: its statement is cancelled, and it may end by itself for a moment.
 *
 * @throws GmigError INTERRUPTED, STEP_FAILED when the body did not wait for a statement of its own, and whatever the body throws.
 */
export async function runBody(step: RunnableStep, target: Target, session: StepSession, options: RunOptions): Promise<void> {
  const { signal, lock, onStep } = options;
  const running = run(step, target).then(async () => onStep?.(step, target));
  if (signal === undefined) {
    await running;
    return;
  }
  let onAbort = (): void => undefined;
  const aborted = new Promise<"aborted">((resolve) => {
    onAbort = () => resolve("aborted");
    signal.addEventListener("abort", onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  try {
    if ((await Promise.race([running, aborted])) !== "aborted") return;
    const server = session.processId();
    if (server !== null) await lock.query("select pg_cancel_backend($1)", [server]).catch(() => undefined);
    await Promise.race([running.catch(() => undefined), sleep(CANCEL_MILLISECONDS, undefined, { ref: false })]);
    throw interrupted(step);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/** Returns why a step must not begin: the signal says so, or the lock is gone; null when nothing speaks against it. */
export function reasonToStop({ step: { revision } }: RunnableStep, { signal, lock, database, transaction }: RunOptions): GmigError | null {
  const done = transaction === "all" ? "nothing was done" : "the steps before it are done";
  const details = { hint: "gmig status", data: { revision } };
  if (signal?.aborted === true) return new GmigError("INTERRUPTED", `Interrupted before revision ${revision}; ${done}`, details);
  if (!lock.isLost()) return null;
  return new GmigError("CONNECTION_FAILED", `The connection to ${database.address.url} was lost, and gmig's lock with it, before revision ${revision}; ${done}`, details);
}
