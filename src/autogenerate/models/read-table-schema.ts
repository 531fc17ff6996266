import type {
  DeclaredCheck,
  DeclaredEnum,
  DeclaredExclusion,
  DeclaredForeignKey,
  DeclaredKey,
  DeclaredTable,
} from "../../schema/declared-schema.js";
import type { Deferral } from "../../schema/constraint.js";
import { quoteIdentifier } from "../../schema/identifier.js";
import type { ObjectName } from "../../schema/object-name.js";
import type { CheckSchema, DeferrableSchema, EnumSchema, ExclusionSchema, ForeignKeySchema, TableSchema, UniqueSchema } from "../../schema/table-schema.js";
import { parseTableName } from "./identifier.js";

/** What `tableSchema` says of the table as a whole. */
export type StatedTable = Pick<
  DeclaredTable,
  "closed" | "managed" | "renamedFrom" | "comment" | "partitionBy" | "unlogged" | "options" | "primaryKey" | "uniques" | "indexes" | "foreignKeys" | "checks" | "exclusions"
>;

/** Spells out what `tableSchema` leaves to be understood. */
export function readTableSchema(schema: TableSchema, { schema: defaultSchema }: ObjectName): StatedTable {
  const { primaryKey, uniques, indexes, foreignKeys, checks, excludes, options, renamedFrom } = schema;
  return {
    managed: schema.managed ?? true,
    closed: schema.closed ?? false,
    ...(renamedFrom === undefined ? {} : { renamedFrom: tableName(renamedFrom, defaultSchema) }),
    ...(schema.comment === undefined ? {} : { comment: schema.comment }),
    ...(schema.partitionBy === undefined ? {} : { partitionBy: schema.partitionBy }),
    ...(schema.unlogged === undefined ? {} : { unlogged: schema.unlogged }),
    ...(options === undefined
      ? {}
      : { options: Object.entries(options).map(([name, value]) => `${name.toLowerCase()}=${String(value)}`).sort() }),
    ...(primaryKey === undefined ? {} : { primaryKey: primaryKey === null ? null : key("columns" in primaryKey ? primaryKey : { columns: primaryKey }) }),
    ...(uniques === undefined ? {} : { uniques: uniques.map(key) }),
    ...(indexes === undefined ? {} : { indexes }),
    ...(foreignKeys === undefined ? {} : { foreignKeys: foreignKeys.map((each) => foreignKey(each, defaultSchema)) }),
    ...(checks === undefined ? {} : { checks: checks.map(check) }),
    ...(excludes === undefined ? {} : { exclusions: excludes.map(exclusion) }),
  };
}

/** The enum types that `tableSchema` declares. */
export function readEnums(schema: TableSchema, { schema: defaultSchema }: ObjectName, source: string): readonly DeclaredEnum[] {
  return Object.entries(schema.enums ?? {}).map(([name, declared]) => {
    const { values, renamed = {}, comment } = isList(declared) ? ({ values: declared } as EnumSchema) : declared;
    const pairs = Object.entries(renamed).map(([to, from]) => [from, to] as const);
    return { ...tableName(name, defaultSchema), values, renamed: pairs, source, ...optional("comment", comment) };
  });
}

function isList(declared: readonly string[] | EnumSchema): declared is readonly string[] {
  return Array.isArray(declared);
}

function key({ columns, name, include = [], nullsNotDistinct = false, withoutOverlaps = false, deferrable, comment }: UniqueSchema): DeclaredKey {
  return {
    ...optional("name", name),
    columns, include, nullsNotDistinct, withoutOverlaps,
    deferral: deferral(deferrable),
    ...optional("comment", comment),
  };
}

function foreignKey(schema: ForeignKeySchema, defaultSchema: string): DeclaredForeignKey {
  const { columns, references, name, comment } = schema;
  return {
    ...optional("name", name),
    columns,
    references: { table: tableName(references.table, defaultSchema), ...optional("columns", references.columns) },
    match: schema.match ?? "simple",
    onUpdate: schema.onUpdate ?? "no action",
    onDelete: schema.onDelete ?? "no action",
    onDeleteColumns: schema.onDeleteColumns ?? [],
    deferral: deferral(schema.deferrable),
    ...optional("comment", comment),
  };
}

function check({ expression, name, noInherit = false, comment }: CheckSchema): DeclaredCheck {
  return { ...optional("name", name), expression, noInherit, ...optional("comment", comment) };
}

function exclusion({ name, method = "gist", elements, where, deferrable, comment }: ExclusionSchema): DeclaredExclusion {
  const isColumn = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);
  const parts = elements.map(([element, operator]) => {
    const sql = isColumn(element) ? quoteIdentifier(element) : /^".*"$|\)$|\s/.test(element) ? element : quoteIdentifier(element);
    return `${sql} with ${operator}`;
  });
  const definition = [
    `exclude using ${method} (${parts.join(", ")})`,
    where === undefined ? "" : `where (${where})`,
    { "not deferrable": "", "initially immediate": "deferrable", "initially deferred": "deferrable initially deferred" }[deferral(deferrable)],
  ];
  return {
    ...optional("name", name),
    definition: definition.filter((part) => part !== "").join(" "),
    keys: elements.map(([element]) => (isColumn(element) ? element : "expr")),
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

/** The key with its value, or nothing: an absent one stays absent. */
function optional<Key extends string, Value>(key: Key, value: Value | undefined): { readonly [Each in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [Each in Key]?: Value });
}
