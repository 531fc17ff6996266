import type { Schema } from "../schema/schema.js";
import type { Naming } from "./naming.js";
import type { Operation } from "./operation.js";

/** What must be known of a kind of operation. */
export interface OperationRules<Op extends Operation> {
  /** What takes it back exactly: inverting twice gives the operation itself. */
  readonly invert: (operation: Op) => Operation;
  /** One line for people: `add column users.email citext`. */
  readonly describe: (operation: Op) => string;
  /** The statements, in order, each without its semicolon. */
  readonly toSql: (operation: Op, naming: Naming) => readonly string[];
  /** The schema afterwards. */
  readonly apply: (operation: Op, schema: Schema) => Schema;
}
