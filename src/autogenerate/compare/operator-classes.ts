import type { Column } from "../../schema/column.js";
import type { IndexDefinition, IndexKey } from "../../schema/index-definition.js";
import type { Schema } from "../../schema/schema.js";
import { columnKind, type ColumnKind } from "./column-kind.js";

const TEXTS: ReadonlySet<string> = new Set(["text", "character varying", "citext"]);

/** Types without an order or an equality of their own. */
const UNORDERED: ReadonlySet<string> = new Set(["json", "xml", "point", "line", "lseg", "box", "path", "polygon", "circle"]);

/** Types whose blocks BRIN can sum up without being told how. */
const SUMMED: ReadonlySet<string> = new Set([
  "smallint", "integer", "bigint", "numeric", "real", "double precision", "text", "character varying", "character", "bytea", "uuid", "inet", "date",
  "time without time zone", "time with time zone", "timestamp without time zone", "timestamp with time zone", "interval",
]);

/** Whether an index of the method can have the key as it is, once the type of its column becomes the other. */
export function fitsKey({ operatorClass, collation }: IndexKey, method: string, from: ColumnKind, to: ColumnKind): boolean {
  const hasClass = keepsOperatorClass(from, to) || (operatorClass === null && hasUsualOperatorClass(method, to));
  return hasClass && (collation === null || hasCollation(to));
}

/** Whether an operator class for the one type is one for the other too. */
function keepsOperatorClass(from: ColumnKind, to: ColumnKind): boolean {
  if (from.isArray !== to.isArray) return false;
  return from.name === to.name || (TEXTS.has(to.name) && (TEXTS.has(from.name) || from.name === "character"));
}

/** Whether an index of the method takes the type without an operator class; `false` too where gmig doesn't know the method. */
function hasUsualOperatorClass(method: string, { name, isArray }: ColumnKind): boolean {
  switch (method) {
    case "btree":
    case "hash":
      return !UNORDERED.has(name);
    case "gin":
      return isArray || name === "jsonb" || name === "tsvector";
    case "brin":
      return !isArray && SUMMED.has(name);
    default:
      return false;
  }
}

/**
 * The index as it can be on the columns as they should be: without the operator class and the collation of a column whose new type has none such,
 * which PostgreSQL would refuse. Where the new type must be given one, all is left as it is, for people to see to.
 */
export function fitIndex(index: IndexDefinition, before: readonly Column[], after: readonly Column[], schema: Schema): IndexDefinition {
  if (index.keys.every(({ operatorClass, collation }) => operatorClass === null && collation === null)) return index;
  const typeIn = (columns: readonly Column[], name: string | null): string | undefined => columns.find((column) => column.name === name)?.type;
  const keys = index.keys.map((key): IndexKey => {
    const [from, to] = [typeIn(before, key.column), typeIn(after, key.column)];
    return from === undefined || to === undefined || from === to ? key : fitKey(key, index.method, columnKind(from, schema), columnKind(to, schema));
  });
  return keys.every((key, place) => key === index.keys[place]) ? index : { ...index, keys };
}

function fitKey(key: IndexKey, method: string, from: ColumnKind, to: ColumnKind): IndexKey {
  const losesClass = key.operatorClass !== null && !keepsOperatorClass(from, to) && hasUsualOperatorClass(method, to);
  const losesCollation = key.collation !== null && !hasCollation(to);
  if (!losesClass && !losesCollation) return key;
  return { ...key, operatorClass: losesClass ? null : key.operatorClass, collation: losesCollation ? null : key.collation };
}

function hasCollation({ name }: ColumnKind): boolean {
  return TEXTS.has(name) || name === "character";
}
