import type { Operation } from "../../operation/operation.js";
import { isSameName, type ObjectName } from "../../schema/object-name.js";

/** The name that the table has before the operations. */
export function oldTable(table: ObjectName, operations: readonly Operation[]): ObjectName {
  const renamed = operations.find((each) => each.kind === "rename table" && isSameName(each.to, table));
  return renamed?.kind === "rename table" ? renamed.from : table;
}

/** The name that a column has before the operations. `table` is the table's new name. */
export function oldColumn(table: ObjectName, column: string, operations: readonly Operation[]): string {
  const renamed = operations.find((each) => each.kind === "rename column" && isSameName(each.table, table) && each.to === column);
  return renamed?.kind === "rename column" ? renamed.from : column;
}
