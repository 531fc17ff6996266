import { canonicalType } from "../../schema/canonical-type.js";
import type { DeclaredColumn, DeclaredTable } from "../../schema/declared-schema.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { contradiction } from "./contradiction.js";
import { newColumnType } from "./new-column-type.js";
import { nativeEnumName, typeInSql } from "./target-enums.js";

interface Context {
  readonly tables: readonly DeclaredTable[];
  readonly schema: Schema;
  /** Whether listed strings become enum types. */
  readonly native: boolean;
}

/**
 * The type of a new column that something else than its own schema decides: the column that a relation or foreign key ties it to, the enum type of a listed
 * string, or being the key.
 */
export function knownType(table: DeclaredTable, column: DeclaredColumn, context: Context): string | undefined {
  const { meaning } = column;
  if (context.native && meaning?.values !== undefined && meaning.values.length > 0) {
    return typeInSql(nativeEnumName(table, column.name), context.schema.searchPath[0] ?? "public");
  }
  const tied = tiedType(table, column.name, context, 0);
  if (tied !== undefined && (meaning === undefined || contradiction(meaning, tied, context.schema) === undefined)) return tied;
  const isUntold = meaning === undefined || meaning.kinds.length === 0;
  return isUntold && table.idColumns.includes(column.name) ? "integer" : undefined;
}

/** The type of the column at the other end, which may itself be tied to another. */
function tiedType(table: DeclaredTable, column: string, context: Context, depth: number): string | undefined {
  if (depth > 5) return undefined;
  for (const { columns, references } of [...(table.foreignKeys ?? []), ...table.relations]) {
    const place = columns.indexOf(column);
    const far = place === -1 ? undefined : references.columns?.[place];
    if (far === undefined) continue;
    const there = findByName(context.schema.tables, references.table)?.columns.find(({ name }) => name === far);
    const target = findByName(context.tables, references.table);
    const own = target?.columns.find(({ name }) => name === far);
    const stated = own?.stated.type;
    const type =
      (stated === undefined ? undefined : (canonicalType(stated) ?? stated)) ??
      there?.type ??
      (target === undefined ? undefined : tiedType(target, far, context, depth + 1)) ??
      (own?.meaning === undefined ? undefined : newColumnType(own.meaning)) ??
      (target?.idColumns.includes(far) === true ? "integer" : undefined);
    if (type !== undefined) return type;
  }
  return undefined;
}
