import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";
import type { SequenceOptions } from "./sequence.js";

export interface Identity {
  readonly generation: "always" | "by default";
  readonly sequence: ObjectName & Owned;
  readonly options: SequenceOptions;
}

export interface Generated {
  readonly expression: string;
  /** The columns that the expression refers to, sorted. */
  readonly uses: readonly string[];
  /** `virtual` exists from PostgreSQL 18 on. */
  readonly kind: "stored" | "virtual";
}

/** A column as the catalogue has it; every SQL text in PostgreSQL's own spelling. */
export interface Column {
  readonly name: string;
  /** With its modifiers: `numeric(12,2)`, `timestamp with time zone`, `text[]`. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly identity: Identity | null;
  readonly generated: Generated | null;
  /** `null` where it is the type's own; else quoted where needed: `"C"`. */
  readonly collation: string | null;
  /** `plain`, `external`, `extended` or `main`; `null` where it is the type's own. */
  readonly storage: string | null;
  /** `pglz` or `lz4`; `null` where the server decides. */
  readonly compression: string | null;
  /** The statistics target; `null` where the server decides. */
  readonly statistics: number | null;
  /** `n_distinct=100` and the like, sorted. */
  readonly options: readonly string[];
  readonly grants: readonly string[];
  readonly comment: string | null;
  /** Whether it comes from a parent table alone, not from a definition of its own. */
  readonly inherited: boolean;
}
