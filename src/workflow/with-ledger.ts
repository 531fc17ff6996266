import type { Connection, Database } from "../database/database.js";
import { takeLock } from "../database/lock.js";
import type { OnProgress } from "../runner/progress.js";
import type { GitContext } from "./actor.js";
import { gitContext } from "./checkout.js";
import { type LedgerView, makeLedger, readLedgerView } from "./ledger-view.js";
import { openTarget, type TargetOptions } from "./open-target.js";
import type { Project } from "./project.js";

/** How a command meets the database. */
export interface MeetOptions {
  /** Milliseconds to wait for another gmig's lock; 60,000 when left out. */
  readonly lockWait?: number | undefined;
  readonly connectTimeout?: number | undefined;
  /** Makes an embedded database that is not there, also for a command that only looks: for what has to ask PostgreSQL itself. */
  readonly opens?: boolean | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The database while a command has it. */
export interface Met {
  readonly database: Database;
  /** The connection that holds the lock, where there is one. */
  readonly connection: Connection;
  readonly ledger: LedgerView;
  readonly git: GitContext;
}

const LOCK_WAIT = 60_000;

async function withDatabase<Result>(project: Project, options: TargetOptions, use: (database: Database, git: GitContext) => Promise<Result>): Promise<Result> {
  const git = await gitContext(project.config, options.readOnly !== true);
  const database = await openTarget(project, git, options);
  try {
    return await use(database, git);
  } finally {
    await database.close();
  }
}

/** Reads the ledger, for a command that changes nothing: without a lock, and without making anything. */
export async function readingLedger<Result>(project: Project, options: MeetOptions, use: (met: Met) => Promise<Result>): Promise<Result> {
  const { connectTimeout, lockWait } = options;
  return withDatabase(project, { connectTimeout, lockWait, readOnly: options.opens !== true }, async (database, git) => {
    const connection = await database.connect();
    const ledger = await readLedgerView(connection, database, project.config.ledgerSchema);
    return use({ database, connection, ledger, git });
  });
}

/** Takes the lock and makes the ledger, for a command that changes the database; what it sees then stays so until it is done. */
export async function lockingLedger<Result>(project: Project, options: MeetOptions, use: (met: Met) => Promise<Result>): Promise<Result> {
  const { config } = project;
  const { connectTimeout, lockWait } = options;
  return withDatabase(project, { connectTimeout, lockWait }, async (database, git) => {
    const connection = await takeLock(database, {
      schema: config.ledgerSchema,
      waitMilliseconds: options.lockWait ?? LOCK_WAIT,
      onWait: (holder) => options.onProgress?.({ kind: "waiting", holder }),
      signal: options.signal,
    });
    await makeLedger(connection, database, config);
    const ledger = await readLedgerView(connection, database, config.ledgerSchema);
    return use({ database, connection, ledger, git });
  });
}


