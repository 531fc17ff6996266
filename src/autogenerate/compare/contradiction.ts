import type { JsonKind, PropertyMeaning } from "../../schema/declared-schema.js";
import type { Schema } from "../../schema/schema.js";
import { columnKind, type ColumnKind } from "./column-kind.js";
import { TEXTS } from "./type-families.js";

const INTEGERS: Readonly<Record<string, number>> = {
  smallint: 2 ** 15,
  integer: 2 ** 31,
  bigint: 2 ** 63,
  oid: 2 ** 32,
};

const TIMESTAMPS: ReadonlySet<string> = new Set(["timestamp with time zone", "timestamp without time zone"]);

/** What the driver hands over as something else than text, so that a string property can't live there. */
const NO_TEXT: ReadonlySet<string> = new Set(["boolean", "smallint", "integer", "real", "double precision", "json", "jsonb"]);

/** What the driver hands over as objects (dates, intervals), or what reads JSON text by itself (GeoJSON, the arrays of pgvector). */
const STRUCTURED: Readonly<Record<"object" | "array", ReadonlySet<string>>> = {
  object: new Set(["json", "jsonb", ...TIMESTAMPS, "date", "interval", "point", "circle", "geometry", "geography", "hstore"]),
  array: new Set(["json", "jsonb", "vector", "halfvec"]),
};

/** Types that a format may live in beside text. */
const FORMATS: Readonly<Record<string, ReadonlySet<string>>> = {
  "date-time": new Set([...TIMESTAMPS, "date"]),
  date: new Set([...TIMESTAMPS, "date"]),
  time: new Set([...TIMESTAMPS, "time without time zone", "time with time zone"]),
  uuid: new Set(["uuid"]),
};

/**
 * Why values of this meaning can't live in a column of this type; `undefined` when they can. A schema that names no type fits everywhere, and
 * one of several kinds fits where one of them does.
 */
export function contradiction(meaning: PropertyMeaning, type: string, schema: Schema): string | undefined {
  if (meaning.kinds.length === 0) return undefined;
  const column = columnKind(type, schema);
  const reasons = meaning.kinds.map((kind) => contradictionOfKind(kind, meaning, column));
  return reasons.some((reason) => reason === undefined) ? undefined : reasons[0]?.replace("%", type);
}

function contradictionOfKind(kind: JsonKind, meaning: PropertyMeaning, column: ColumnKind): string | undefined {
  if (column.isArray) return kind === "array" ? undefined : `${article(kind)} can't live in %`;
  switch (kind) {
    case "integer":
      return contradictionOfInteger(meaning, column);
    case "number": {
      if (["real", "double precision", "numeric"].includes(column.name)) return undefined;
      const whole = meaning.multipleOf !== undefined && Number.isInteger(meaning.multipleOf);
      return whole ? contradictionOfInteger(meaning, column) : `a number can't live in %`;
    }
    case "boolean":
      return column.name === "boolean" ? undefined : `a boolean can't live in %`;
    case "string":
      return contradictionOfString(meaning, column);
    case "object":
    case "array":
      if (STRUCTURED[kind].has(column.name)) return undefined;
      // A buffer is an object, too.
      return (meaning.asJson ? TEXTS.has(column.name) : kind === "object" && column.name === "bytea") ? undefined : `${article(kind)} can't live in %`;
  }
}

function contradictionOfInteger(meaning: PropertyMeaning, column: ColumnKind): string | undefined {
  const [least, most] = integerBounds(meaning);
  if (column.name === "numeric") {
    const [precision, scale = 0] = column.modifiers;
    if (precision === undefined) return undefined;
    return Math.max(Math.abs(least), Math.abs(most)) < 10 ** (precision - scale) ? undefined : "its bounds don't fit into %";
  }
  const limit = INTEGERS[column.name];
  if (limit === undefined) return "an integer can't live in %";
  return least >= -limit && most < limit ? undefined : "its bounds don't fit into %";
}

/** What an integer may be; no bounds are 0 and 0, which fit everywhere. */
function integerBounds({ format, minimum, maximum }: PropertyMeaning): readonly [least: number, most: number] {
  const wide = format === "int64" ? 2 ** 32 : 0;
  return [minimum ?? -wide, maximum ?? wide];
}

function contradictionOfString(meaning: PropertyMeaning, column: ColumnKind): string | undefined {
  if (TEXTS.has(column.name)) {
    const [length] = column.modifiers;
    return length === undefined || longest(meaning) <= length ? undefined : `${longest(meaning)} characters don't fit into %`;
  }
  if (meaning.values !== undefined && column.enumType !== undefined) return undefined; // Which values it lacks is the enum's affair.
  const types = meaning.values === undefined ? FORMATS[meaning.format ?? ""] : undefined;
  if (types !== undefined) return types.has(column.name) ? undefined : `${article(meaning.format ?? "")} can't live in %`;
  return NO_TEXT.has(column.name) ? "a string can't live in %" : undefined;
}

function longest({ format, maxLength, values }: PropertyMeaning): number {
  if (values !== undefined) return Math.max(0, ...values.map((value) => Array.from(value).length));
  return maxLength ?? (format === "uuid" ? 36 : 0);
}

function article(noun: string): string {
  return /^[aeio]/.test(noun) ? `an ${noun}` : `a ${noun}`;
}
