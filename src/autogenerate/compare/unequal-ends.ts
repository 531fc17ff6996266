import type { ForeignKey } from "../../schema/constraint.js";
import { displayName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { columnKind } from "./column-kind.js";
import { MOMENTS, NUMBERS, TEXTS } from "./type-families.js";

/**
 * The pairs of a foreign key's columns whose types PostgreSQL never compares in this schema, in words: as where a key's type was changed, and what leads to
 * it was forgotten.
 */
export function unequalEnds(table: ObjectName, { columns, references }: ForeignKey, schema: Schema): readonly string[] {
  const typeOf = (of: ObjectName, column: string | undefined): string | undefined => findByName(schema.tables, of)?.columns.find(({ name }) => name === column)?.type;
  return columns.flatMap((column, place) => {
    const [near, far] = [typeOf(table, column), typeOf(references.table, references.columns[place])];
    if (near === undefined || far === undefined || mayEqual(near, far, schema)) return [];
    return [`${displayName(table)}.${column} is ${near}, and ${displayName(references.table)}.${references.columns[place]} is ${far}`];
  });
}

/** Types that PostgreSQL compares with each other, and with none of the others here. */
const COMPARED: readonly ReadonlySet<string>[] = [NUMBERS, TEXTS, MOMENTS, new Set(["uuid"]), new Set(["boolean"]), new Set(["bytea"])];

/** Whether there may be an operator: for types that nothing is known of, there may. */
function mayEqual(left: string, right: string, schema: Schema): boolean {
  const [ours, theirs] = [columnKind(left, schema), columnKind(right, schema)];
  if (ours.isArray !== theirs.isArray) return false;
  if (ours.enumType !== undefined || theirs.enumType !== undefined) return ours.enumType === theirs.enumType;
  const [mine, other] = [ours.name, theirs.name].map((name) => COMPARED.findIndex((types) => types.has(name)));
  return mine === other || mine === -1 || other === -1;
}
