import { GmigError } from "../../errors.js";
import type { Operation } from "../../operation/operation.js";
import type { DeclaredTable } from "../../schema/declared-schema.js";
import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";

/**
 * Refuses, all in one MODEL_INVALID, to make columns that only `idColumn` or a join names and that no property is written to: Objection would look for rows
 * by the one and write them to the other. Where the database has such a column nothing is made, and nothing is said.
 */
export function checkMisnamed(tables: readonly DeclaredTable[], operations: readonly Operation[]): void {
  const wrong = tables.flatMap((table) => (table.misnamed ?? []).filter(({ name }) => isMade(table, name, operations)).map((column) => ({ ...column, table: displayName(table) })));
  if (wrong.length === 0) return;
  const words = wrong.map(({ name, written, source, table }) => `${source} says ${table}.${name}, and the model writes its property to ${written}`);
  throw new GmigError("MODEL_INVALID", `idColumn and join take the names of columns, as the database has them: ${words.join("; ")}`, {
    hint: `write ${wrong.map(({ name, written, table }) => `${written} for ${name} of ${table}`).join(", ")}; a column of that name is declared by tableSchema = { columns: { ${wrong[0]?.name ?? ""}: {} } }`,
    data: { columns: wrong },
  });
}

function isMade(table: ObjectName, column: string, operations: readonly Operation[]): boolean {
  return operations.some((each) => {
    if (each.kind === "add column") return isSameName(each.table, table) && each.column.name === column;
    return each.kind === "create table" && isSameName(each.table, table) && each.table.columns.some(({ name }) => name === column);
  });
}
