import { GmigError } from "../errors.js";
import type { Column } from "./column.js";
import { displayName, isSameName, type ObjectName } from "./object-name.js";
import type { Schema } from "./schema.js";
import type { Table } from "./table.js";

/** The schema with one table changed. A table that is not there is a bug of the caller. */
export function changeTable(schema: Schema, name: ObjectName, change: (table: Table) => Table): Schema {
  if (!schema.tables.some((table) => isSameName(table, name))) {
    throw new GmigError("INTERNAL", `There is no table ${displayName(name)} to change`);
  }
  return { ...schema, tables: schema.tables.map((table) => (isSameName(table, name) ? change(table) : table)) };
}

/** The table with one column changed. A column that is not there is a bug of the caller. */
export function changeColumn(table: Table, name: string, change: (column: Column) => Column): Table {
  if (!table.columns.some((column) => column.name === name)) {
    throw new GmigError("INTERNAL", `There is no column ${displayName(table)}.${name} to change`);
  }
  return { ...table, columns: table.columns.map((column) => (column.name === name ? change(column) : column)) };
}

/** The objects with one more, sorted by schema and name as a schema value has them. */
export function insertByName<T extends ObjectName>(objects: readonly T[], object: T): readonly T[] {
  return sortByName([...objects, object]);
}

/** The objects sorted by schema and name. */
export function sortByName<T extends ObjectName>(objects: readonly T[]): readonly T[] {
  return objects.toSorted((left, right) =>
    left.schema === right.schema ? compare(left.name, right.name) : compare(left.schema, right.schema),
  );
}

/** Those of one table with one more, sorted by name. */
export function insertSorted<T extends { readonly name: string }>(parts: readonly T[], part: T): readonly T[] {
  return [...parts, part].sort((left, right) => compare(left.name, right.name));
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
