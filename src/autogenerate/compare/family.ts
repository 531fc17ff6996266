import { isSameName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Table } from "../../schema/table.js";

/** The tables that it is a partition or a child of. */
export function parentsOf({ inherits, partitionOf }: Table): readonly ObjectName[] {
  return partitionOf === null ? inherits : [...inherits, partitionOf.table];
}

/** Its partitions and children, not theirs. */
export function childrenOf(table: ObjectName, schema: Schema): readonly Table[] {
  return schema.tables.filter((each) => parentsOf(each).some((parent) => isSameName(parent, table)));
}

/** The table, its partitions and children, and theirs. */
export function familyOf(table: ObjectName, schema: Schema): readonly ObjectName[] {
  return [table, ...childrenOf(table, schema).flatMap((child) => familyOf(child, schema))];
}

/** Whether a column comes from a parent, even if the table says it again: then only the parent can change its type. */
export function isInherited(column: string, table: Table, schema: Schema): boolean {
  return parentsOf(table).some((parent) => findByName(schema.tables, parent)?.columns.some(({ name }) => name === column) === true);
}

/** The tables, each behind its parents among them; else as they stand. */
export function parentsFirst(tables: readonly Table[]): readonly Table[] {
  return inTurn(tables, (table) => parentsOf(table).flatMap((parent) => tables.filter((each) => isSameName(each, parent))));
}

/** The tables, each behind its children among them; else as they stand. */
export function childrenFirst(tables: readonly Table[]): readonly Table[] {
  const children = tables.filter((table) => parentsOf(table).length > 0);
  return inTurn(tables, (table) => children.filter((child) => parentsOf(child).some((parent) => isSameName(parent, table))));
}

function inTurn(tables: readonly Table[], before: (table: Table) => readonly Table[]): readonly Table[] {
  const ordered = new Set<Table>();
  const visit = (table: Table): void => {
    if (ordered.has(table)) return;
    before(table).forEach(visit);
    ordered.add(table);
  };
  tables.forEach(visit);
  return [...ordered];
}
