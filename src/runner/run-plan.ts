import { openSession, type StepSession, type StepTransaction } from "../database/step-session.js";
import { GmigError } from "../errors.js";
import { type DataGuard, isRollback, withDataGuard } from "./data-guard.js";
import { begunSql, logFailure, recordStep } from "./record-step.js";
import { reasonToStop, runBody } from "./run-body.js";
import type { RunOptions } from "./run-options.js";
import { runOutside } from "./run-outside.js";
import type { RunnableStep } from "./runnable-step.js";
import { stepFailed } from "./step-error.js";

async function runInside(step: RunnableStep, transaction: StepTransaction, session: StepSession, options: RunOptions): Promise<number> {
  const started = performance.now();
  const id = await transaction.prepare();
  await runBody(step, transaction, session, options);
  const durationMs = Math.round(performance.now() - started);
  await recordStep(step, { ownRole: transaction.ownRole, id, send: transaction.query }, durationMs, options);
  return durationMs;
}

/** Rolls back, and turns what went wrong into the one error that is told. */
async function giveUp(error: unknown, step: RunnableStep, transaction: StepTransaction, started: number, options: RunOptions): Promise<Error> {
  const sql = transaction.failed()?.sql ?? (step.body.kind === "sql" ? step.body.statements.join("\n") : null);
  await transaction.rollback().catch(() => undefined);
  if (isRollback(error)) return error as Error;
  const failure = stepFailed(error, step, { sql, isIncomplete: false, isTogether: options.transaction === "all", locate: options.locate });
  // Part of what the body did is committed: from here on the step counts as begun and not ended.
  if (failure.code === "STEP_BROKE_TRANSACTION") await options.lock.query(begunSql(step, options)).catch(() => undefined);
  await logFailure(step, failure, Math.round(performance.now() - started), options);
  return failure;
}

type Told = (step: RunnableStep) => { readonly done: (durationMs: number) => void };

/** Tells how far a run is; steps are told in their order. */
function teller(total: number, options: RunOptions): Told {
  let index = -1;
  return (step) => {
    index++;
    const told = { step: step.step, message: step.message, index, total };
    options.onProgress({ kind: "started", ...told });
    return { done: (durationMs) => options.onProgress({ kind: "done", ...told, durationMs }) };
  };
}

/**
 * Runs steps in a transaction each. A step's rows, its commit and the beginning of the next transaction go in one message: on a near server the
 * messages are what takes the time.
 */
async function runChain(steps: readonly RunnableStep[], session: StepSession, options: RunOptions, tell: Told): Promise<void> {
  const transaction = await session.begin();
  let id = await transaction.prepare();
  for (const step of steps) {
    const stop = reasonToStop(step, options);
    if (stop !== null) {
      await transaction.rollback();
      throw stop;
    }
    const { done } = tell(step);
    const started = performance.now();
    try {
      await runBody(step, transaction, session, options);
      const durationMs = Math.round(performance.now() - started);
      id = await recordStep(step, { ownRole: transaction.ownRole, id, send: transaction.commitAndBegin }, durationMs, options);
      done(durationMs);
    } catch (error) {
      throw await giveUp(error, step, transaction, started, options);
    }
  }
  // The transaction that was begun for a next step holds nothing.
  await transaction.rollback();
}

function isGuarded({ step }: RunnableStep, { guardData }: RunOptions): boolean {
  return guardData && step.direction === "down";
}

const UNCHANGED = "Nothing was changed";

async function runGuarded(step: RunnableStep, isFirst: boolean, session: StepSession, options: RunOptions): Promise<number> {
  const state = isFirst ? UNCHANGED : `Revision ${step.step.revision} was not reverted; the steps before it are done`;
  return withDataGuard(options, state, async (guard) => {
    const started = performance.now();
    const transaction = await session.begin();
    try {
      const durationMs = await runInside(step, transaction, session, options);
      await guard.check(transaction);
      await transaction.commit();
      return durationMs;
    } catch (error) {
      throw await giveUp(error, step, transaction, started, options);
    }
  });
}

async function runEach(steps: readonly RunnableStep[], session: StepSession, options: RunOptions): Promise<void> {
  const tell = teller(steps.length, options);
  const isPlain = (step: RunnableStep): boolean => step.transactional && !isGuarded(step, options);
  for (let at = 0; at < steps.length; ) {
    const end = steps.findIndex((step, index) => index >= at && !isPlain(step));
    const chain = steps.slice(at, end < 0 ? steps.length : end);
    if (chain.length > 0) await runChain(chain, session, options, tell);
    at += chain.length;
    const step = steps[at];
    if (step === undefined) break;
    const stop = reasonToStop(step, options);
    if (stop !== null) throw stop;
    const { done } = tell(step);
    done(await (isGuarded(step, options) ? runGuarded(step, at === 0, session, options) : runOutside(step, session, options)));
    at++;
  }
}

async function runAll(steps: readonly RunnableStep[], first: RunnableStep, session: StepSession, options: RunOptions, guard: DataGuard | null): Promise<void> {
  const tell = teller(steps.length, options);
  let current = first;
  let started = performance.now();
  const transaction = await session.begin();
  try {
    for (const step of steps) {
      current = step;
      started = performance.now();
      const stop = reasonToStop(step, options);
      if (stop !== null) throw stop;
      const { done } = tell(step);
      done(await runInside(step, transaction, session, options));
    }
    if (options.lastSql !== undefined) await transaction.query(options.lastSql);
    await guard?.check(transaction);
    await transaction.commit();
  } catch (error) {
    throw await giveUp(error, current, transaction, started, options);
  }
}

/**
 * Runs steps in order. Each step's change, its ledger row and its log row commit in one transaction, or all steps' in one; a step outside a
 * transaction is marked before and after. It decides nothing: what to run was planned, and loaded, before.
 *
 * @throws GmigError STEP_FAILED, STEP_BROKE_TRANSACTION, INTERRUPTED, CONNECTION_FAILED, DATA_LOSS; steps that were done stay done (with `all`: none).
 */
export async function runPlan(steps: readonly RunnableStep[], options: RunOptions): Promise<void> {
  const [first] = steps;
  if (first === undefined) return;
  const unguarded = steps.find((step) => !step.transactional && isGuarded(step, options));
  if (unguarded !== undefined) throw unguardable(unguarded);
  const session = openSession(options.database, { lockTimeout: options.lockTimeout });
  if (options.transaction === "each") await runEach(steps, session, options);
  else if (options.guardData) await withDataGuard(options, UNCHANGED, async (guard) => runAll(steps, first, session, options, guard));
  else await runAll(steps, first, session, options, null);
}

/** Outside a transaction nothing could be taken back once rows were seen to go. */
function unguardable({ step, record }: RunnableStep): GmigError {
  return new GmigError("DATA_LOSS", `Revision ${step.revision} goes down outside a transaction, where it cannot be told in time whether rows go`, {
    hint: "--allow-data-loss",
    data: { revision: step.revision, file: record.file, losses: [] },
  });
}

/**
 * Refuses steps that cannot run in one transaction with the others.
 *
 * @throws GmigError USAGE.
 */
export function requireTransactional(steps: readonly RunnableStep[]): void {
  const outside = steps.filter(({ transactional }) => !transactional).map(({ step }) => step.revision);
  if (outside.length === 0) return;
  const message = `Revision ${outside.join(", ")} cannot run in a transaction, so not everything can run in one`;
  throw new GmigError("USAGE", message, { hint: "--transaction each", data: { revisions: outside } });
}
