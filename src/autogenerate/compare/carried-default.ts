import type { Column } from "../../schema/column.js";
import type { Schema } from "../../schema/schema.js";
import { columnKind, type ColumnKind } from "./column-kind.js";
import { JSONS, MOMENTS, NUMBERS, TEXTS } from "./type-families.js";

/** A literal, as PostgreSQL prints one: `'draft'::character varying`. */
const LITERAL = /^('(?:[^']|'')*'|E'(?:[^'\\]|''|\\.)*')::[^()]+(?:\(\d+(?:,\d+)?\))?(?:\[\])*$/;

const NUMERIC: ReadonlySet<string> = new Set([...NUMBERS, "money"]);
const FAMILIES: readonly ReadonlySet<string>[] = [NUMERIC, MOMENTS, JSONS];

/** What literals a type reads for sure. */
const READS: Readonly<Record<string, RegExp>> = {
  boolean: /^'(t|true|f|false|y|yes|n|no|on|off|1|0)'$/i,
  smallint: /^'-?\d{1,4}'$/,
  integer: /^'-?\d{1,9}'$/,
  bigint: /^'-?\d{1,18}'$/,
  numeric: /^'-?\d+(\.\d+)?'$/,
  real: /^'-?\d{1,9}(\.\d+)?'$/,
  "double precision": /^'-?\d+(\.\d+)?'$/,
  uuid: /^'[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}'$/i,
  date: /^'\d{4}-\d\d-\d\d'$/,
  "timestamp without time zone": /^'\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?'$/,
  "timestamp with time zone": /^'\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?'$/,
};

/**
 * The default that a column goes on having under a new type, a literal to be read anew by that type: left as it is, it would go on being of the old one.
 * `null` where the new type may not take it: it goes then, and nobody declared it.
 */
export function carriedDefault({ type: from, default: value }: Column, to: string, schema: Schema): string | null {
  if (value === null || from === to) return value;
  const literal = LITERAL.exec(value)?.[1];
  const [old, wish] = [columnKind(from, schema), columnKind(to, schema)];
  if (old.isArray !== wish.isArray) return null;
  if (literal !== undefined && (NUMERIC.has(wish.name) || !isAlike(old, wish))) return wish.isArray ? (literal === "'{}'" ? literal : null) : isRead(literal, wish) ? literal : null;
  return isAlike(old, wish) ? (literal ?? value) : null;
}

function isAlike(old: ColumnKind, wish: ColumnKind): boolean {
  if (wish.name === "enum") return old.enumType === wish.enumType;
  return old.name === wish.name || (!wish.isArray && TEXTS.has(wish.name)) || FAMILIES.some((family) => family.has(old.name) && family.has(wish.name));
}

function isRead(literal: string, { name, enumType }: ColumnKind): boolean {
  const value = literal.slice(1, -1).replaceAll("''", "'");
  if (enumType !== undefined) return enumType.values.includes(value);
  if (name !== "json" && name !== "jsonb") return READS[name]?.test(literal) === true;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}
