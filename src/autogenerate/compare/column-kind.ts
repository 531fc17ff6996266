import { findByName, type Schema } from "../../schema/schema.js";
import type { ObjectName } from "../../schema/object-name.js";
import { unquoteIdentifier } from "../../schema/identifier.js";

/** A type taken apart, domains seen through: `character varying(100)[]` → `{name: "character varying", modifiers: [100], isArray: true}`. */
export interface ColumnKind {
  /** The built-in or extension type's name as PostgreSQL prints it, without schema or modifiers; `enum` for an enum. */
  readonly name: string;
  readonly modifiers: readonly number[];
  readonly isArray: boolean;
  /** Of an enum. */
  readonly enumType: Schema["enums"][number] | undefined;
}

/** Types taken apart before, by schema: many columns have few types. */
const KNOWN = new WeakMap<Schema, Map<string, ColumnKind>>();

/** Takes apart a type as `format_type` prints it. */
export function columnKind(type: string, schema: Schema): ColumnKind {
  const known = KNOWN.get(schema) ?? new Map<string, ColumnKind>();
  KNOWN.set(schema, known);
  const kind = known.get(type) ?? takeApart(type, schema);
  known.set(type, kind);
  return kind;
}

function takeApart(type: string, schema: Schema): ColumnKind {
  if (type.endsWith("[]")) return { ...columnKind(type.slice(0, -2), schema), isArray: true };
  const [, before = type, inside = "", after = ""] = /^([^(]*)\(([^)]*)\)(.*)$/.exec(type) ?? [];
  const name = typeName(before + after, schema);
  const domain = findByName(schema.domains, name);
  if (domain !== undefined) return columnKind(domain.type, schema);
  const enumType = findByName(schema.enums, name);
  return {
    name: enumType === undefined ? name.name : "enum",
    modifiers: inside === "" ? [] : inside.split(",").map(Number),
    isArray: false,
    enumType,
  };
}

/** The name behind a printed type; a bare one is taken to lie in the schema whose objects stand bare. */
export function typeName(text: string, schema: Schema): ObjectName {
  const [, first = text, second] = /^("(?:[^"]|"")*"|[^."]*)(?:\.("(?:[^"]|"")*"|[^."]*))?$/.exec(text) ?? [];
  return second === undefined
    ? { schema: schema.searchPath[0] ?? "public", name: unquoteIdentifier(first) }
    : { schema: unquoteIdentifier(first), name: unquoteIdentifier(second) };
}
