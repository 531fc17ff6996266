import type { PropertyMeaning } from "../../schema/declared-schema.js";

/** The type of a new column for values of this meaning; `undefined` where the schema doesn't tell. */
export function newColumnType(meaning: PropertyMeaning): string | undefined {
  const [kind, second] = meaning.kinds;
  if (kind === undefined) return undefined;
  if (second !== undefined) {
    const kinds = new Set(meaning.kinds);
    if (kinds.size === 2 && kinds.has("integer") && kinds.has("number")) return "double precision";
    return kinds.size === 2 && kinds.has("object") && kinds.has("array") ? "jsonb" : undefined;
  }
  switch (kind) {
    case "integer":
      return isWide(meaning) ? "bigint" : "integer";
    case "number":
      return "double precision";
    case "boolean":
      return "boolean";
    case "object":
    case "array":
      return "jsonb";
    case "string":
      return stringType(meaning);
  }
}

function isWide({ format, minimum = 0, maximum = 0 }: PropertyMeaning): boolean {
  return format === "int64" || minimum < -(2 ** 31) || maximum >= 2 ** 31;
}

function stringType({ format, maxLength, values }: PropertyMeaning): string {
  if (values !== undefined) return "text";
  switch (format) {
    case "date-time":
      return "timestamp with time zone";
    case "date":
      return "date";
    case "time":
      return "time without time zone";
    case "uuid":
      return "uuid";
    default:
      // PostgreSQL's own limit for varchar.
      return maxLength === undefined || maxLength < 1 || maxLength > 10485760 ? "text" : `character varying(${maxLength})`;
  }
}
