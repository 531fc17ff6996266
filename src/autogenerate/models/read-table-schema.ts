import type {
  DeclaredCheck,
  DeclaredEnum,
  DeclaredExclusion,
  DeclaredForeignKey,
  DeclaredKey,
  DeclaredTable,
} from "../../schema/declared-schema.js";
import type { Deferral } from "../../schema/constraint.js";
import type { ObjectName } from "../../schema/object-name.js";
import type { CheckSchema, DeferrableSchema, EnumSchema, ExclusionSchema, ForeignKeySchema, TableSchema, UniqueSchema } from "../../schema/table-schema.js";
import { parseTableName } from "./identifier.js";

/** What `tableSchema` says of the table as a whole. */
export type StatedTable = Pick<
  DeclaredTable,
  "closed" | "managed" | "renamedFrom" | "comment" | "partitionBy" | "unlogged" | "options" | "primaryKey" | "uniques" | "indexes" | "foreignKeys" | "checks" | "exclusions"
>;

/** Spells out what `tableSchema` leaves to be understood. A bare name lies in the default schema, but that which the table had before in the table's own. */
export function readTableSchema(schema: TableSchema, table: ObjectName, defaultSchema: string): StatedTable {
  const { primaryKey, uniques, indexes, foreignKeys, checks, excludes, options, renamedFrom, comment, partitionBy, unlogged } = schema;
  // Set one by one: of objects put together by spreading, each of thousands would have a shape of its own in V8.
  const stated: { -readonly [Key in keyof StatedTable]: StatedTable[Key] } = { managed: schema.managed ?? true, closed: schema.closed ?? false };
  if (renamedFrom !== undefined) stated.renamedFrom = tableName(renamedFrom, table.schema);
  if (comment !== undefined) stated.comment = comment;
  if (partitionBy !== undefined) stated.partitionBy = partitionBy;
  if (unlogged !== undefined) stated.unlogged = unlogged;
  if (options !== undefined) stated.options = Object.entries(options).map(([name, value]) => `${name.toLowerCase()}=${String(value)}`).sort();
  if (primaryKey !== undefined) stated.primaryKey = primaryKey === null ? null : key("columns" in primaryKey ? primaryKey : { columns: primaryKey });
  if (uniques !== undefined) stated.uniques = uniques.map(key);
  if (indexes !== undefined) stated.indexes = indexes;
  if (foreignKeys !== undefined) stated.foreignKeys = foreignKeys.map((each) => foreignKey(each, defaultSchema));
  if (checks !== undefined) stated.checks = checks.map(check);
  if (excludes !== undefined) stated.exclusions = excludes.map(exclusion);
  return stated;
}

/** The enum types that `tableSchema` declares. */
export function readEnums(schema: TableSchema, defaultSchema: string, source: string): readonly DeclaredEnum[] {
  return Object.entries(schema.enums ?? {}).map(([name, declared]) => {
    const { values, renamed = {}, comment } = isList(declared) ? ({ values: declared } as EnumSchema) : declared;
    const pairs = Object.entries(renamed).map(([to, from]) => [from, to] as const);
    const type = tableName(name, defaultSchema);
    return { schema: type.schema, name: type.name, values, renamed: pairs, source, ...optional("comment", comment) };
  });
}

function isList(declared: readonly string[] | EnumSchema): declared is readonly string[] {
  return Array.isArray(declared);
}

function key({ columns, name, include = [], nullsNotDistinct = false, withoutOverlaps = false, deferrable, comment }: UniqueSchema): DeclaredKey {
  return {
    columns, include, nullsNotDistinct, withoutOverlaps,
    deferral: deferral(deferrable),
    ...optional("name", name),
    ...optional("comment", comment),
  };
}

function foreignKey(schema: ForeignKeySchema, defaultSchema: string): DeclaredForeignKey {
  const { columns, references, name, comment } = schema;
  return {
    columns,
    references: { table: tableName(references.table, defaultSchema), ...optional("columns", references.columns) },
    match: schema.match ?? "simple",
    onUpdate: schema.onUpdate ?? "no action",
    onDelete: schema.onDelete ?? "no action",
    onDeleteColumns: schema.onDeleteColumns ?? [],
    deferral: deferral(schema.deferrable),
    ...optional("name", name),
    ...optional("comment", comment),
  };
}

function check({ expression, name, noInherit = false, comment }: CheckSchema): DeclaredCheck {
  return { expression, noInherit, ...optional("name", name), ...optional("comment", comment) };
}

function exclusion({ name, method = "gist", elements, where, deferrable, comment }: ExclusionSchema): DeclaredExclusion {
  return {
    method,
    elements,
    deferral: deferral(deferrable),
    ...optional("name", name),
    ...optional("where", where),
    ...optional("comment", comment),
  };
}

function deferral(deferrable: DeferrableSchema | undefined): Deferral {
  if (deferrable === "initially deferred") return deferrable;
  return deferrable === true ? "initially immediate" : "not deferrable";
}

/** Names in `tableSchema` are the database's own. */
function tableName(text: string, defaultSchema: string): ObjectName {
  return parseTableName(text, (name) => name, defaultSchema);
}

/**
 * The key with its value, or nothing: an absent one stays absent. Spread behind what is always there: in front, V8 would make each of
 * thousands of objects a shape of its own.
 */
function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [Each in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [Each in Key]?: Value });
}
