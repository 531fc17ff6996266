import { quoteIdentifier } from "../../schema/identifier.js";
import type { Schema } from "../../schema/schema.js";
import { columnKind } from "./column-kind.js";
import { JSONS, MOMENTS, NUMBERS, TEXTS } from "./type-families.js";

/**
 * SQL that makes a value of the new type of one of the old, for `USING`; `null` where PostgreSQL does it by itself. The last resort is by way of
 * text, which fails where the new type can't read what the old one prints.
 */
export function conversion(column: string, from: string, to: string, schema: Schema): string | null {
  const [old, wish] = [columnKind(from, schema), columnKind(to, schema)];
  const name = quoteIdentifier(column);
  if (old.isArray !== wish.isArray) return wish.isArray ? `case when ${name} is not null then array[${name}]::${to} end` : wish.name === "jsonb" ? `to_jsonb(${name})` : `${name}[1]::${to}`;
  if (old.isArray) return old.name === wish.name && old.name !== "enum" ? null : `${name}::text[]::${to}`;
  if (old.name === wish.name && old.name !== "enum") return null;
  // Of the numbers, only numeric goes to and from money by itself.
  if (old.name === "money" && NUMBERS.has(wish.name)) return wish.name === "numeric" ? null : `${name}::numeric::${to}`;
  if (wish.name === "money" && NUMBERS.has(old.name)) return old.name === "numeric" ? null : `${name}::numeric::money`;
  for (const family of [NUMBERS, MOMENTS, JSONS]) if (family.has(old.name) && family.has(wish.name)) return null;
  if (TEXTS.has(wish.name)) return null;
  if (wish.name === "boolean" && NUMBERS.has(old.name)) return `${name} <> 0`;
  if (old.name === "boolean" && NUMBERS.has(wish.name)) return `${name}::integer`;
  if (TEXTS.has(old.name)) return `${name}::${to}`;
  if (JSONS.has(wish.name)) return `to_jsonb(${name})${wish.name === "json" ? "::json" : ""}`;
  if (MOMENTS.has(wish.name) && ["integer", "bigint"].includes(old.name)) return `to_timestamp(${name})`;
  if (MOMENTS.has(old.name) && ["integer", "bigint"].includes(wish.name)) return `extract(epoch from ${name})::${wish.name}`;
  return `${name}::text::${to}`;
}
