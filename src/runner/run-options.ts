import type { Connection, Database } from "../database/database.js";
import type { LedgerTables } from "../database/ledger-tables.js";
import type { StepTransaction } from "../database/step-session.js";
import type { Actor } from "../database/write-ledger.js";
import type { OnProgress } from "./progress.js";
import type { RunnableStep } from "./runnable-step.js";

/** Everything that running a plan takes beside the plan. */
export interface RunOptions {
  readonly database: Database;
  /** The connection that holds the lock: failures are logged and statements cancelled over it. */
  readonly lock: Connection;
  readonly tables: LedgerTables;
  readonly actor: Actor;
  /** Each step in a transaction of its own, or all in one. */
  readonly transaction: "each" | "all";
  /** As PostgreSQL writes it: `10s`. */
  readonly lockTimeout: string;
  /** Called after each body, inside the step's transaction where it has one. */
  readonly onStep: ((step: RunnableStep, transaction: Pick<StepTransaction, "knex">) => unknown) | null;
  readonly onProgress: OnProgress;
  /** Where in the project's files an error was thrown, as `path:line:column`; null when that is not known. */
  readonly locate: (error: unknown) => string | null;
  readonly signal: AbortSignal | undefined;
  /** Statements for the end of the one transaction of `all`. */
  readonly lastSql?: string | undefined;
  /** Refuses, before anything is committed, to let tables and columns go that hold rows: while going down, or in the whole of one transaction. */
  readonly guardData: boolean;
}
