import type { EnumDependents } from "../../operation/alter-enum.js";
import { isSameName, type ObjectName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import { listConstraints } from "../../schema/table-constraint.js";
import type { Table } from "../../schema/table.js";
import { typeName } from "./column-kind.js";
import { routinesOf } from "./enum-users.js";
import { childrenOf, isInherited, parentsFirst } from "./family.js";

/** All that must be dropped and restored around a change of the type of every column that has this enum type. */
export function enumDependents(type: ObjectName, schema: Schema): EnumDependents {
  const isOfType = (printed: string): boolean => isSameName(typeName(printed.replace(/(\[\])+$/, ""), schema), type);
  const affected = parentsFirst(schema.tables)
    .map((table) => ({ table, names: new Set(table.columns.filter(({ type }) => isOfType(type)).map((column) => column.name)) }))
    .filter(({ names }) => names.size > 0);
  const isComputed = (uses: readonly string[] | undefined, names: ReadonlySet<string>): boolean => uses?.some((each) => names.has(each)) ?? false;
  const named = ({ schema: of, name: own }: ObjectName): ObjectName => ({ schema: of, name: own });
  const own = (table: Table): Table["columns"] => table.columns.filter((column) => !isInherited(column.name, table, schema));
  return {
    columns: affected.flatMap(({ table }) =>
      own(table).filter(({ type, generated }) => isOfType(type) && generated === null).map((column) => ({ table: named(table), column })),
    ),
    defaults: affected.flatMap(({ table }) =>
      table.columns
        .filter((column) => isOfType(column.type) && column.default !== null)
        .map((column) => ({ table: named(table), column, only: childrenOf(table, schema).length > 0 })),
    ),
    generated: affected.flatMap(({ table, names }) =>
      own(table)
        .filter(({ type, generated }) => generated !== null && (isOfType(type) || isComputed(generated.uses, names)))
        .map((column) => ({ table: named(table), column })),
    ),
    constraints: affected.flatMap(({ table, names }) =>
      listConstraints(table)
        .filter((each) => (each.type === "check" || each.type === "exclusion") && isComputed(each.uses, names))
        .map((constraint) => ({ table: named(table), constraint })),
    ),
    indexes: affected.flatMap(({ table, names }) =>
      table.indexes
        .filter((index) => isComputed(index.uses, names) && (index.predicate !== null || index.keys.some(({ column }) => column === null)))
        .map((index) => ({ table: named(table), index })),
    ),
    routines: routinesOf(type, schema),
  };
}
