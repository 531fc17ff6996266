import type { DeclaredRelation } from "../../schema/declared-schema.js";
import type { ObjectName } from "../../schema/object-name.js";
import { type Identifier, parseTableName } from "./identifier.js";
import type { RelationMapping } from "./model-class.js";

/** A table of its own between two others, as a many-to-many relation joins them. */
export interface JoinTable extends ObjectName {
  readonly relations: readonly DeclaredRelation[];
  /** Further columns that the relation reads and writes. */
  readonly extras: readonly string[];
}

export interface ReadRelations {
  /** By table: what joins it to others, also from the far side of a HasMany. */
  readonly relations: readonly (DeclaredRelation & { readonly table: ObjectName })[];
  readonly joinTables: readonly JoinTable[];
}

/** Reads what relation mappings join, from their texts alone: model classes that can't be resolved do no harm. */
export function readRelations(
  model: string,
  table: ObjectName,
  mappings: Readonly<Record<string, RelationMapping>>,
  identifier: Identifier,
  defaultSchema: string,
): ReadRelations {
  const relations: (DeclaredRelation & { table: ObjectName })[] = [];
  const joinTables: JoinTable[] = [];
  const read = (value: unknown): Side | undefined => side(value, identifier, defaultSchema);
  for (const [name, mapping] of Object.entries(mappings)) {
    const kind = relationKind(mapping.relation);
    const source = `${model}.${name}`;
    const sides = [read(mapping.join?.from), read(mapping.join?.to)];
    const [from, to] = sides;
    if (kind === undefined || from === undefined || to === undefined) continue;
    const isSwapped = !isTable(from, table) && isTable(to, table);
    const [own, far] = isSwapped ? [to, from] : [from, to];
    if (kind === "many to many") {
      const { through } = mapping.join ?? {};
      const ends = [read(through?.from), read(through?.to)];
      const [near, distant] = isSwapped ? ends.toReversed() : ends;
      if (near === undefined || distant === undefined) continue;
      joinTables.push({
        ...near.table,
        relations: [tie(near.columns, own, source), tie(distant.columns, far, source)],
        extras: extraColumns(through?.extra).map(identifier),
      });
      continue;
    }
    // A relation that looks at some rows only, as polymorphic ones do, is no foreign key.
    if (mapping.filter !== undefined || mapping.modify !== undefined) continue;
    if (kind === "belongs to one") relations.push({ table: own.table, ...tie(own.columns, far, source) });
    else relations.push({ table: far.table, ...tie(far.columns, own, source) });
  }
  return { relations, joinTables };
}

interface Side {
  readonly table: ObjectName;
  readonly columns: readonly string[];
}

function tie(columns: readonly string[], { table, columns: far }: Side, source: string): DeclaredRelation {
  return { columns, references: { table, columns: far }, source };
}

function isTable({ table }: { readonly table: ObjectName }, { schema, name }: ObjectName): boolean {
  return table.schema === schema && table.name === name;
}

/** Told by the names of Objection's own classes, which a project may extend. */
function relationKind(relation: unknown): "belongs to one" | "has" | "many to many" | undefined {
  for (let each = relation; typeof each === "function"; each = Object.getPrototypeOf(each)) {
    if (each.name === "BelongsToOneRelation") return "belongs to one";
    if (each.name === "HasManyRelation" || each.name === "HasOneRelation") return "has";
    if (each.name === "ManyToManyRelation" || each.name === "HasOneThroughRelation") return "many to many";
  }
  return undefined;
}

/** `"users.id"`, a list of such, or Objection's `ref(…)`; `undefined` where it points into JSON or is none of these. */
function side(value: unknown, identifier: Identifier, defaultSchema: string): Side | undefined {
  const parts = (Array.isArray(value) ? value : [value]).map((each: unknown) => {
    if (typeof each === "string") return each;
    const reference = each as { readonly isObjectionReferenceBuilder?: boolean; readonly expression?: unknown } | null | undefined;
    return reference?.isObjectionReferenceBuilder === true && typeof reference.expression === "string" ? reference.expression : "";
  });
  const split = parts.map((part) => /^([^:]+)\.([^.:]+)$/.exec(part));
  const [first] = split;
  if (first === undefined || first === null || split.some((each) => each === null || each[1] !== first[1])) return undefined;
  return {
    table: parseTableName(first[1] ?? "", identifier, defaultSchema),
    columns: split.map((each) => identifier(each?.[2] ?? "")),
  };
}

function extraColumns(extra: unknown): readonly string[] {
  if (Array.isArray(extra)) return extra.map(String);
  return typeof extra === "object" && extra !== null ? Object.values(extra).map(String) : [];
}
