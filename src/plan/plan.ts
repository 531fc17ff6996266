import type { AppliedRevision } from "../revision/applied.js";

export type Direction = "up" | "down";

/** One revision to apply or revert. */
export interface Step {
  readonly revision: string;
  readonly direction: Direction;
  /** Why, in words for a person: `target`, `beneath d`, `depends on a2` … */
  readonly reason: string;
  /** True when the step lies outside the lineage that the user named, so that a person should be asked. */
  readonly beyond: boolean;
  /** The rows once the step is done; computed when first read. */
  readonly rows: readonly string[];
}

export interface Plan {
  readonly steps: readonly Step[];
  /** The rows once all steps are done. */
  readonly rows: readonly string[];
}

/**
 * What is applied: `rows` means these and all their ancestors; `applied` is exact, edges as the ledger recorded them, and may have holes.
 * Neither means nothing.
 */
export interface AppliedInput {
  readonly rows?: readonly string[];
  readonly applied?: readonly AppliedRevision[];
}
