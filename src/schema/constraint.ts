import type { ObjectName } from "./object-name.js";

export type Deferral = "not deferrable" | "initially immediate" | "initially deferred";
export type ForeignKeyAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

/** A primary key or a unique constraint, with what its index adds. */
export interface KeyConstraint {
  readonly name: string;
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  /** PostgreSQL 18: the last column is a period that may not overlap. */
  readonly withoutOverlaps: boolean;
  readonly deferral: Deferral;
  /** `fillfactor=70` and the like. */
  readonly options: readonly string[];
  readonly tablespace: string | null;
  readonly comment: string | null;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: ObjectName; readonly columns: readonly string[] };
  readonly match: "simple" | "full" | "partial";
  readonly onUpdate: ForeignKeyAction;
  readonly onDelete: ForeignKeyAction;
  /** The columns that `ON DELETE SET NULL` or `SET DEFAULT` sets, where not all; PostgreSQL 15. */
  readonly onDeleteColumns: readonly string[];
  /** PostgreSQL 18: the last column is a period. */
  readonly period: boolean;
  readonly deferral: Deferral;
  readonly validated: boolean;
  /** `false` is possible from PostgreSQL 18 on. */
  readonly enforced: boolean;
  readonly comment: string | null;
}

export interface Check {
  readonly name: string;
  readonly expression: string;
  /** As PostgreSQL prints it, where that is other words for the expression: see `stableExpression`. */
  readonly print?: string;
  /** The columns that the expression refers to, sorted. */
  readonly uses: readonly string[];
  readonly noInherit: boolean;
  readonly validated: boolean;
  /** `false` is possible from PostgreSQL 18 on. */
  readonly enforced: boolean;
  readonly comment: string | null;
}

export interface Exclusion {
  readonly name: string;
  /** From `EXCLUDE` on: method, elements with their operators, predicate and deferral. */
  readonly definition: string;
  /** The columns that the definition refers to, sorted. */
  readonly uses: readonly string[];
  readonly comment: string | null;
}
