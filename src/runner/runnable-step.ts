import type { Knex } from "knex";
import type { LedgerRecord } from "../database/write-ledger.js";
import type { Step } from "../plan/plan.js";

/** What a step does: a function of the user's, or SQL. In a transaction SQL is sent whole; outside it, statement by statement. */
export type StepBody = { readonly kind: "code"; readonly run: (knex: Knex) => unknown } | { readonly kind: "sql"; readonly statements: readonly string[] };

/** A step with everything that it takes to run it: loaded before the first statement is sent. */
export interface RunnableStep {
  readonly step: Step;
  readonly message: string;
  /** False for a step that cannot run in a transaction. */
  readonly transactional: boolean;
  readonly body: StepBody;
  /** What the ledger keeps of the revision. */
  readonly record: LedgerRecord;
}
