import { queryFailed } from "../database/database-error.js";
import type { StepSession } from "../database/step-session.js";
import { GmigError } from "../errors.js";
import { begunSql, doneSql, logFailure } from "./record-step.js";
import { runBody } from "./run-body.js";
import type { RunOptions } from "./run-options.js";
import type { RunnableStep } from "./runnable-step.js";
import { stepFailed } from "./step-error.js";

/**
 * Runs a step that cannot run in a transaction: marks it as begun, runs it, and marks it as done. Where it fails half-way the mark stays, and
 * every later command says so. Returns the milliseconds it took.
 *
 * @throws GmigError STEP_FAILED, INTERRUPTED, CONNECTION_FAILED.
 */
export async function runOutside(step: RunnableStep, session: StepSession, options: RunOptions): Promise<number> {
  const { lock, database } = options;
  const { revision, direction } = step.step;
  const started = performance.now();
  const target = await session.outside();
  await target.prepare();
  await lock.query(begunSql(step, options)).catch((error: unknown) => {
    throw queryFailed(error, database.address, `marking revision ${revision} as begun`);
  });
  try {
    await runBody(step, target, session, options);
  } catch (error) {
    const sql = target.failed()?.sql ?? (step.body.kind === "sql" ? step.body.statements.join("\n") : null);
    const failure = stepFailed(error, step, { sql, isIncomplete: true, isTogether: false, locate: options.locate });
    await logFailure(step, failure, Math.round(performance.now() - started), options);
    throw failure;
  }
  const durationMs = Math.round(performance.now() - started);
  await lock.query(`begin;\n${doneSql(step, durationMs, options)}\ncommit;`).catch((error: unknown) => {
    const state = direction === "up" ? "going-up" : "going-down";
    const { message, data } = queryFailed(error, database.address, `recording that revision ${revision} is done`);
    throw new GmigError("CONNECTION_FAILED", `${message}; the ledger still says ${state}`, { hint: "gmig status", data: { ...data, revision, direction }, cause: error });
  });
  return durationMs;
}
