import type { Schema } from "../../schema/schema.js";
import { columnKind } from "./column-kind.js";
import { JSONS } from "./type-families.js";

/** What `conversion` can't do between an array and what is none, in words; PostgreSQL allows no subquery there. */
export function elementHazard(column: string, from: string, to: string, schema: Schema): string | undefined {
  const [old, wish] = [columnKind(from, schema), columnKind(to, schema)];
  if (old.isArray === wish.isArray) return undefined;
  if (wish.isArray) return JSONS.has(old.name) ? `Each value of ${column} becomes one element, also where it is a list: write how it becomes ${to}` : undefined;
  return wish.name === "jsonb" ? undefined : `Of each value of ${column} only the first element is kept: write how it becomes ${to}`;
}
