import { quoteLiteral } from "../database/ledger-tables.js";
import { readDriverError } from "../database/database-error.js";
import { deleteRowSql, insertLogSql, insertRowSql, markStateSql } from "../database/write-ledger.js";
import type { GmigError } from "../errors.js";
import type { RunOptions } from "./run-options.js";
import type { RunnableStep } from "./runnable-step.js";
import { brokeTransaction } from "./step-error.js";

/** Returns the statements that say that a step is done: its ledger row and a line in the log. They write only while the condition holds. */
export function doneSql(step: RunnableStep, durationMs: number, options: Pick<RunOptions, "tables" | "actor">, condition?: string): string {
  const { tables, actor } = options;
  const { direction, revision } = step.step;
  const row = direction === "up" ? insertRowSql(tables, step.record, actor, "applied", durationMs, condition) : deleteRowSql(tables, revision, condition);
  return `${row};\n${insertLogSql(tables, { action: direction, revision, outcome: "done", message: null, durationMs }, actor, condition)};`;
}

/** Returns the statement that marks a step as begun and not ended. */
export function begunSql(step: RunnableStep, options: Pick<RunOptions, "tables" | "actor">): string {
  const { tables, actor } = options;
  return step.step.direction === "up" ? insertRowSql(tables, step.record, actor, "going-up", 0) : markStateSql(tables, step.step.revision, "going-down");
}

/** What a transaction that is not the expected one is ended with: no number, so that nothing behind it in the message is run. */
const ANOTHER_TRANSACTION = "gmig: another transaction";

/**
 * Writes the ledger's and the log's rows by `send`, provided that the transaction is still the one whose id is given.
 *
 * @throws GmigError STEP_BROKE_TRANSACTION.
 */
export async function recordStep<Result>(
  step: RunnableStep,
  transaction: { readonly ownRole: () => string; readonly id: string; readonly send: (sql: string) => Promise<Result> },
  durationMs: number,
  options: RunOptions,
): Promise<Result> {
  const condition = `pg_current_xact_id()::text = ${quoteLiteral(transaction.id)}`;
  const check = `select (case when ${condition} then '1' else ${quoteLiteral(ANOTHER_TRANSACTION)} end)::int;`;
  try {
    return await transaction.send(`${transaction.ownRole()}\n${doneSql(step, durationMs, options, condition)}\n${check}`);
  } catch (error) {
    throw readDriverError(error).message.includes(ANOTHER_TRANSACTION) ? brokeTransaction(step) : error;
  }
}

/** Adds a failure to the log, in a transaction of its own. */
export async function logFailure(step: RunnableStep, error: GmigError, durationMs: number, options: RunOptions): Promise<void> {
  const { direction, revision } = step.step;
  const entry = { action: direction, revision, outcome: "failed", message: error.message, durationMs } as const;
  // The failure itself is what has to be told; that it could not be logged as well adds nothing.
  await options.lock.query(insertLogSql(options.tables, entry, options.actor)).catch(() => undefined);
}
