import { quoteIdentifier } from "../../schema/identifier.js";
import { displayName } from "../../schema/object-name.js";
import type { Naming } from "../../operation/naming.js";
import type { Operation } from "../../operation/operation.js";
import { toSql } from "../../operation/operations.js";

/** An operation, a statement, or a place between them where a person may have to write something. */
export type Step =
  | { readonly kind: "operation"; readonly operation: Operation }
  | { readonly kind: "sql"; readonly sql: string }
  /** `example` is SQL that does it, but for its dots. */
  | { readonly kind: "place"; readonly words: string; readonly example: string };

/**
 * Takes an operation apart where rows may have to be changed in its middle: a column is added, filled and made NOT NULL; a check is added, then
 * validated.
 */
export function splitOperation(operation: Operation, naming: Naming): readonly Step[] {
  if (operation.kind === "add column" && operation.fill !== null) {
    const { table, column, fill } = operation;
    const added: Operation = { ...operation, column: { ...column, nullable: true }, fill: null };
    const required: Operation = { kind: "alter column nullability", table, column: column.name, nullable: false, fill };
    return [{ kind: "operation", operation: added }, ...splitOperation(required, naming)];
  }
  if (operation.kind === "alter column nullability" && !operation.nullable && operation.fill?.value === null) {
    const { table, column } = operation;
    const words = `Fill ${displayName(table)}.${column} here: the next statement fails while a row has no value.`;
    const example = `update ${naming(table)} set ${quoteIdentifier(column)} = … where ${quoteIdentifier(column)} is null`;
    return [{ kind: "place", words, example }, { kind: "operation", operation: { ...operation, fill: null } }];
  }
  if (operation.kind === "add constraint" && operation.inTwoSteps) {
    const { table, constraint } = operation;
    const [added = "", ...rest] = toSql(operation, naming);
    const words = `Mend rows of ${displayName(table)} here that break ${constraint.name}: the next statement fails while there is one.`;
    const example = `update ${naming(table)} set … where …`;
    return [{ kind: "sql", sql: added }, { kind: "place", words, example }, ...rest.map((sql) => ({ kind: "sql" as const, sql }))];
  }
  return [{ kind: "operation", operation }];
}
