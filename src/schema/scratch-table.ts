import type { Column, Generated } from "./column.js";
import type { Check } from "./constraint.js";
import type { ObjectName } from "./object-name.js";
import type { Table } from "./table.js";

/** A column with SQL as people wrote it. */
export interface ScratchColumn {
  readonly name: string;
  readonly type: string;
  readonly collation: string | null;
  readonly default: string | null;
  readonly generated: Pick<Generated, "expression" | "kind"> | null;
}

/** A table to be made for a moment, so that PostgreSQL reads its SQL and prints it back. */
export interface ScratchTable extends ObjectName {
  readonly columns: readonly ScratchColumn[];
  readonly checks: readonly { readonly name: string; readonly expression: string }[];
  /** `clause` is what follows the table's name: `using gin (doc) where a > 0`. */
  readonly indexes: readonly { readonly name: string; readonly unique: boolean; readonly clause: string }[];
  readonly exclusions: readonly { readonly name: string; readonly definition: string }[];
}

export interface ScratchRequest {
  /** Types that the tables use and that the database has not, or has otherwise. */
  readonly enums: readonly (ObjectName & { readonly values: readonly string[] })[];
  readonly tables: readonly ScratchTable[];
}

/** Of a table that was read back: what was asked, under the names that were given. Kept for every table in a file that is read each time, and so no more than is used. */
export interface CanonicalTable extends Pick<Table, "indexes" | "exclusions"> {
  /** Those that PostgreSQL prints otherwise than they were asked. */
  readonly columns: readonly CanonicalColumn[];
  readonly checks: readonly CanonicalCheck[];
}

export type CanonicalColumn = Pick<Column, "name" | "type" | "collation" | "default" | "generated">;

export type CanonicalCheck = Pick<Check, "name" | "expression" | "uses">;

/** Makes the tables, reads them back and leaves nothing behind: one result for each table, in order. */
export type Canonicalise = (request: ScratchRequest) => Promise<readonly CanonicalTable[]>;
