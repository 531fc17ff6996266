import type { DeclaredTable } from "../../schema/declared-schema.js";
import type { Table } from "../../schema/table.js";
import type { DeclaredKey } from "../../schema/declared-schema.js";
import { plainKey } from "./target-keys.js";

/** The primary key that the models ask for: what is stated, or for a new table what `idColumn` says; `undefined` where they leave it open. */
export function declaredPrimaryKey(declared: DeclaredTable, base: Table | undefined): DeclaredKey | null | undefined {
  if (declared.primaryKey !== undefined) return declared.primaryKey;
  if (base !== undefined) return undefined;
  return declared.idColumns.length === 0 ? null : plainKey(declared.idColumns);
}

/** The columns of the primary key that should be. */
export function keyColumns(declared: DeclaredTable, base: Table | undefined): readonly string[] {
  const key = declaredPrimaryKey(declared, base);
  return key === undefined ? (base?.primaryKey?.columns ?? []) : (key?.columns ?? []);
}

/** The one column whose values the database should make up: alone in the key, and not tied to another table's. */
export function ownKeyColumn(declared: DeclaredTable, base: Table | undefined): string | undefined {
  const [column, second] = keyColumns(declared, base);
  const isTied = [...declared.relations, ...(declared.foreignKeys ?? [])].some(({ columns }) => columns.includes(column ?? ""));
  return second === undefined && !isTied ? column : undefined;
}
