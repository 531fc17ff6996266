/** What the database remembers of a revision's place in the graph: its edges when it was applied. */
export interface AppliedRevision {
  readonly revision: string;
  readonly parents: readonly string[];
  readonly dependsOn: readonly string[];
}

/** `applied`, or the mark of a step outside a transaction that has begun and not ended. */
export type AppliedState = "applied" | "going-up" | "going-down";

/** One row of the ledger. */
export interface LedgerEntry extends AppliedRevision {
  /** Git's blob id of the text, by which it is found again in history. */
  readonly blob: string;
  readonly file: string;
  /** The whole text of the file when it was applied; null after a stamp without the file. */
  readonly text: string | null;
  /** UTC, ISO 8601. */
  readonly appliedAt: string;
  readonly appliedBy: string;
  readonly branch: string | null;
  readonly commit: string | null;
  /** Which clone and worktree applied it; null when none is known. */
  readonly origin: string | null;
  readonly durationMs: number;
  readonly gmigVersion: string;
  readonly state: AppliedState;
}
