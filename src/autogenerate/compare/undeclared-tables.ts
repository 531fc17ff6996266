import type { DeclaredSchema } from "../../schema/declared-schema.js";
import { displayName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Table } from "../../schema/table.js";
import type { CompareOptions } from "./compare-options.js";
import { childrenOf } from "./family.js";
import type { Kept } from "./findings.js";

interface Context {
  readonly declared: DeclaredSchema;
  readonly base: Schema;
  readonly options: CompareOptions;
}

/** Those of the tables without a model that stay: all, unless what is not declared should go. */
export function stayingTables(tables: readonly Table[], context: Context): readonly Table[] {
  return context.options.dropUndeclared ? tables.filter((table) => !mayGo(table, context)) : tables;
}

/** The tables that stay though no model maps them, and which a person may want to know of. */
export function keptTables(staying: readonly Table[], context: Context): readonly Kept[] {
  return staying
    .filter((table) => !isSilent(table, context))
    .map((table) => ({
      kind: "table",
      name: displayName(table),
      table,
      ...(context.options.dropUndeclared ? { reason: "it has partitions or children that stay" } : {}),
    }));
}

/** Whether the configuration leaves the table to others. */
export function isLeftOut({ schema, name }: ObjectName, { isForeign, includes }: CompareOptions): boolean {
  return isForeign({ schema, name }) || !includes({ kind: "table", schema, name });
}

/** Partitions follow their parents; a parent goes with its last child, and what has partitions is left to people. */
function mayGo(table: Table, context: Context): boolean {
  return !isSilent(table, context) && childrenOf(table, context.base).every((child) => mayGo(child, context));
}

function isSilent(table: Table, { declared, options }: Context): boolean {
  return (
    table.partitionOf !== null ||
    table.foreign !== null ||
    isLeftOut(table, options) ||
    findByName(declared.tables, table) !== undefined
  );
}
