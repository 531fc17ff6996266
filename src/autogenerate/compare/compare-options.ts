import type { Includes } from "./leave-out.js";
import type { ObjectName } from "../../schema/object-name.js";

export interface CompareOptions {
  /** Whether tables and columns that no model mentions are dropped, and what a stated list lacks. */
  readonly dropUndeclared: boolean;
  /** Whether relations make foreign keys on tables and columns that are there, too. */
  readonly foreignKeys: boolean;
  /** Whether indexes on tables that are there are made and dropped without locking out writers. */
  readonly concurrently: boolean;
  /** What a listed string becomes in a new column: text with a check, or an enum type. */
  readonly enums: "check" | "native";
  /** Whether the table holds rows, as far as is known. */
  readonly hasRows: (table: ObjectName) => boolean;
  /** Tables that belong to gmig, Knex or others and are not looked at. */
  readonly isForeign: (table: ObjectName) => boolean;
  /** Whether an object is looked at, for what the project leaves out by name or kind. */
  readonly includes: Includes;
}
