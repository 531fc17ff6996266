import type { Operation } from "../../operation/operation.js";
import type { DeclaredSchema } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";

/**
 * A property, or a relation that joins it, that becomes a column of a table that is there. It may as well be none: applications keep values in the
 * schema that live in code only, and relations that nobody follows.
 */
export interface NewProperty {
  readonly operation: Operation;
  /** `User.fullName`, also of a relation. */
  readonly property: string;
  /** What its model says in `tableSchema` where it is no column: `columns: { full_name: false }`. */
  readonly otherwise: string;
}

/** Returns what is behind columns that are added. What `tableSchema` states is meant to be a column. */
export function newProperties(operations: readonly Operation[], { tables }: DeclaredSchema): readonly NewProperty[] {
  const byName = new Map(tables.map((table) => [displayName(table), table]));
  return operations.flatMap((operation) => {
    if (operation.kind !== "add column") return [];
    const { name } = operation.column;
    const column = byName.get(displayName(operation.table))?.columns.find((each) => each.name === name);
    if (column === undefined || Object.keys(column.stated).length > 0) return [];
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return [{ operation, property: column.source, otherwise: `columns: { ${key}: false }` }];
  });
}
