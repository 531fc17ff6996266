import type { AppliedState, LedgerEntry } from "../revision/applied.js";
import type { LedgerTables } from "./ledger-tables.js";
import type { Queryable } from "./queryable.js";

interface Row {
  readonly revision: string;
  readonly parents: readonly string[];
  readonly depends_on: readonly string[];
  readonly blob: string;
  readonly file: string;
  readonly applied_at: string;
  readonly applied_by: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly origin: string | null;
  readonly duration_ms: number;
  readonly gmig_version: string;
  readonly state: string;
}

/** A ledger row without the file's text, which is read by itself where it is needed. */
export type LedgerRow = Omit<LedgerEntry, "text">;

function toState(text: string): AppliedState {
  return text === "going-up" || text === "going-down" ? text : "applied";
}

/** Returns all rows of the ledger, in the order of their application; the table must be there. */
export async function readLedger(connection: Queryable, tables: LedgerTables): Promise<readonly LedgerRow[]> {
  const rows = await connection.query<Row>(
    `select revision, parents, depends_on, blob, file, to_char(applied_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as applied_at,
       applied_by, branch, commit, origin, duration_ms, gmig_version, state
     from ${tables.ledger} order by ${tables.ledger}.applied_at, revision`,
  );
  return rows.map((row) => ({
    revision: row.revision,
    parents: row.parents,
    dependsOn: row.depends_on,
    blob: row.blob,
    file: row.file,
    appliedAt: row.applied_at,
    appliedBy: row.applied_by,
    branch: row.branch,
    commit: row.commit,
    origin: row.origin,
    durationMs: row.duration_ms,
    gmigVersion: row.gmig_version,
    state: toState(row.state),
  }));
}

/** Returns the texts that the revisions had when they were applied; those that were stamped without their file are missing. */
export async function readLedgerTexts(connection: Queryable, tables: LedgerTables, revisions: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (revisions.length === 0) return new Map();
  const rows = await connection.query<{ revision: string; body: string | null }>(`select revision, body from ${tables.ledger} where revision = any($1)`, [revisions]);
  return new Map(rows.flatMap(({ revision, body }) => (body === null ? [] : [[revision, body] as const])));
}

/** One line of the log. */
export interface LogLine {
  readonly at: string;
  readonly action: string;
  readonly revision: string | null;
  readonly outcome: string;
  readonly message: string | null;
  readonly by: string;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly durationMs: number;
  readonly gmigVersion: string;
}

/** Returns the last lines of the log, newest first; the table must be there. */
export async function readLog(connection: Queryable, tables: LedgerTables, limit: number): Promise<readonly LogLine[]> {
  const rows = await connection.query<Omit<LogLine, "by" | "durationMs" | "gmigVersion"> & { done_by: string; duration_ms: number; gmig_version: string }>(
    `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, action, revision, outcome, message, done_by, branch, commit, duration_ms, gmig_version
     from ${tables.log} order by id desc limit $1`,
    [limit],
  );
  return rows.map(({ done_by, duration_ms, gmig_version, ...line }) => ({ ...line, by: done_by, durationMs: duration_ms, gmigVersion: gmig_version }));
}
