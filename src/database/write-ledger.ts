import type { AppliedState } from "../revision/applied.js";
import { type LedgerTables, quoteArray, quoteLiteral } from "./ledger-tables.js";

/** Who acts, from where: the same for every row that a command writes. */
export interface Actor {
  readonly name: string;
  readonly branch: string | null;
  readonly commit: string | null;
  /** Which clone and worktree. */
  readonly origin: string | null;
  readonly gmigVersion: string;
}

/** What the ledger keeps of a revision. */
export interface LedgerRecord {
  readonly revision: string;
  readonly parents: readonly string[];
  readonly dependsOn: readonly string[];
  readonly blob: string;
  readonly file: string;
  readonly text: string | null;
}

export type LogAction = "up" | "down" | "stamp" | "forget" | "mark" | "reparent";

/** What a condition guards: a statement that writes only while it holds. */
const ALWAYS = "true";

/** Returns the statement that puts a revision into the ledger, or replaces what it says of it. */
export function insertRowSql(tables: LedgerTables, record: LedgerRecord, actor: Actor, state: AppliedState, durationMs: number, condition = ALWAYS): string {
  const values = [
    quoteLiteral(record.revision),
    quoteArray(record.parents),
    quoteArray(record.dependsOn),
    quoteLiteral(record.blob),
    quoteLiteral(record.file),
    quoteLiteral(record.text),
    quoteLiteral(actor.name),
    quoteLiteral(actor.branch),
    quoteLiteral(actor.commit),
    quoteLiteral(actor.origin),
    String(durationMs),
    quoteLiteral(actor.gmigVersion),
    quoteLiteral(state),
  ];
  const columns = "revision, parents, depends_on, blob, file, body, applied_by, branch, commit, origin, duration_ms, gmig_version, state";
  const replaced = columns
    .split(", ")
    .slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(", ");
  return `insert into ${tables.ledger} (${columns}) select ${values.join(", ")} where ${condition}
on conflict (revision) do update set ${replaced}, applied_at = excluded.applied_at`;
}

/** Returns the statement that brings a row's edges and text to what the file says now; when and by whom it was applied stays. */
export function reparentRowSql(tables: LedgerTables, record: LedgerRecord): string {
  const values = [
    `parents = ${quoteArray(record.parents)}`,
    `depends_on = ${quoteArray(record.dependsOn)}`,
    `blob = ${quoteLiteral(record.blob)}`,
    `file = ${quoteLiteral(record.file)}`,
    `body = ${quoteLiteral(record.text)}`,
  ];
  return `update ${tables.ledger} set ${values.join(", ")} where revision = ${quoteLiteral(record.revision)}`;
}

/** Returns the statement that takes a revision out of the ledger. */
export function deleteRowSql(tables: LedgerTables, revision: string, condition = ALWAYS): string {
  return `delete from ${tables.ledger} where revision = ${quoteLiteral(revision)} and ${condition}`;
}

/** Returns the statement that marks a step outside a transaction as begun. */
export function markStateSql(tables: LedgerTables, revision: string, state: AppliedState): string {
  return `update ${tables.ledger} set state = ${quoteLiteral(state)} where revision = ${quoteLiteral(revision)}`;
}

export interface LogEntry {
  readonly action: LogAction;
  readonly revision: string | null;
  readonly outcome: "done" | "failed";
  readonly message: string | null;
  readonly durationMs: number;
}

/** Returns the statement that adds a line to the log. */
export function insertLogSql(tables: LedgerTables, entry: LogEntry, actor: Actor, condition = ALWAYS): string {
  const values = [entry.action, entry.revision, entry.outcome, entry.message, actor.name, actor.branch, actor.commit, actor.origin].map(quoteLiteral);
  return `insert into ${tables.log} (action, revision, outcome, message, done_by, branch, commit, origin, duration_ms, gmig_version)
select ${values.join(", ")}, ${entry.durationMs}, ${quoteLiteral(actor.gmigVersion)} where ${condition}`;
}
