import type { DeclaredColumn, DeclaredSchema, DeclaredTable } from "../../schema/declared-schema.js";
import { sortByName } from "../../schema/change-schema.js";
import { isSameName, type ObjectName, displayName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Canonicalise, ScratchRequest } from "../../schema/scratch-table.js";
import type { Table } from "../../schema/table.js";
import { checkColumns } from "./check-columns.js";
import { typeName } from "./column-kind.js";
import type { CompareOptions } from "./compare-options.js";
import { draftTable, scratchOf, type DraftTable } from "./draft-table.js";
import type { Kept, Suggestion } from "./findings.js";
import { refuseFrozenMoments } from "./frozen-moments.js";
import { knownType } from "./known-type.js";
import { targetEnums } from "./target-enums.js";
import { targetTable, type TargetTable } from "./target-table.js";
import { tieTables } from "./tie-tables.js";
import { isLeftOut, keptTables, stayingTables } from "./undeclared-tables.js";

export interface TargetSchema {
  readonly schema: Schema;
  readonly kept: readonly Kept[];
  readonly suggestions: readonly Suggestion[];
  /** The JSON Schema's reasons for changing a column's type, by `table.column`. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** The schema as it should be: what is declared laid over what is there, all in PostgreSQL's own words. */
export async function targetSchema(
  declared: DeclaredSchema,
  base: Schema,
  canonical: Canonicalise,
  options: CompareOptions,
): Promise<TargetSchema> {
  const tables = declared.tables.filter((table) => isOurs(table, base, options));
  const enums = targetEnums({ ...declared, tables }, base, options.enums === "native");
  const withEnums: Schema = { ...base, enums };
  const drafts = tables.map((table) =>
    draftTable(table, findByName(base.tables, table), {
      schema: withEnums,
      dropUndeclared: options.dropUndeclared,
      nativeEnums: options.enums === "native",
      knownType: (column: DeclaredColumn) => knownType(table, column, { tables, schema: withEnums, native: options.enums === "native" }),
    }),
  );
  checkColumns(drafts);
  const read = await askPostgres(drafts, base, enums, canonical);
  const names = namesInUse(base);
  const targets = drafts.map((draft, place) => {
    const own = displayName(draft.declared);
    const isTaken = (name: string): boolean => (names.get(name) ?? own) !== own;
    return targetTable(draft, read[place], { isTaken, dropUndeclared: options.dropUndeclared, schema: withEnums });
  });
  const others = base.tables.filter((table) => findByName(tables, table) === undefined);
  const staying = stayingTables(others, { declared, base, options });
  const all = sortByName([...targets.map(({ table }) => table), ...staying]);
  const tied = tieTables(tables, { ...withEnums, tables: all }, base, options);
  return {
    schema: { ...base, enums: usedEnums(enums, tied.tables, { base, declared, options }), tables: tied.tables, namespaces: namespaces(base, tied.tables, enums) },
    kept: [...keptTables(staying, { declared, base, options }), ...targets.flatMap(({ kept }: TargetTable) => kept), ...tied.kept],
    suggestions: tied.suggestions,
    reasons: new Map(
      drafts.flatMap(({ declared: table, columns }) =>
        columns.flatMap(({ reason, sql }) => (reason === undefined ? [] : [[`${displayName(table)}.${sql.name}`, reason] as const])),
      ),
    ),
  };
}

/** Views, partitions, foreign tables and others' tables are not gmig's to change. */
function isOurs(declared: DeclaredTable, base: Schema, options: CompareOptions): boolean {
  const there = findByName(base.tables, declared);
  const isOther =
    findByName(base.views, declared) !== undefined ||
    base.extensions.some(({ owns }) => owns.some((object) => object.kind === "relation" && isSameName(object, declared)));
  return declared.managed && !isOther && !isLeftOut(declared, options) && there?.foreign == null && there?.partitionOf == null;
}

async function askPostgres(drafts: readonly DraftTable[], base: Schema, enums: Schema["enums"], canonical: Canonicalise) {
  const asked = drafts.map(scratchOf);
  const tables = asked.flatMap((table) => table ?? []);
  if (tables.length === 0) return [];
  const isNew = (type: Schema["enums"][number]): boolean => findByName(base.enums, type)?.values.join("\n") !== type.values.join("\n");
  const changed: ScratchRequest["enums"] = enums.filter(isNew).map(({ schema, name, values }) => ({ schema, name, values }));
  const found = await canonical({ enums: changed, tables });
  refuseFrozenMoments(tables, found);
  const read = new Map(found.map((table, place) => [tables[place], table]));
  return asked.map((table) => (table === undefined ? undefined : read.get(table)));
}

/** Every name that a relation or index has, with the table that it belongs to. */
function namesInUse(base: Schema): ReadonlyMap<string, string> {
  const own = (name: ObjectName): readonly [string, string] => [name.name, displayName(name)];
  return new Map([
    ...[...base.views, ...base.sequences, ...base.tables].map(own),
    ...base.tables.flatMap((table) =>
      [...table.indexes, ...table.uniques, ...table.exclusions, ...(table.primaryKey === null ? [] : [table.primaryKey])].map(
        ({ name }) => [name, displayName(table)] as const,
      ),
    ),
  ]);
}

/** With the tables and columns that go, the enum types go too that nothing else has and no model declares. */
function usedEnums(
  enums: Schema["enums"],
  tables: readonly Table[],
  { base, declared, options }: { readonly base: Schema; readonly declared: DeclaredSchema; readonly options: CompareOptions },
): Schema["enums"] {
  if (!options.dropUndeclared) return enums;
  const typesOf = (all: readonly Table[]): readonly ObjectName[] => {
    const printed = new Set(all.flatMap((table) => table.columns.map(({ type }) => type.replace(/(\[\])+$/, ""))));
    return [...printed].map((type) => typeName(type, base));
  };
  const before = typesOf(base.tables);
  const after = [...typesOf(tables), ...declared.enums];
  const isAmong = (types: readonly ObjectName[], type: ObjectName): boolean => types.some((each) => isSameName(each, type));
  return enums.filter((type) => !isAmong(before, type) || isAmong(after, type));
}

function namespaces(base: Schema, tables: readonly Table[], enums: Schema["enums"]): Schema["namespaces"] {
  const missing = new Set([...tables, ...enums].map(({ schema }) => schema).filter((schema) => !base.namespaces.some(({ name }) => name === schema)));
  return [...base.namespaces, ...[...missing].map((name) => ({ name, owner: "", grants: [], comment: null }))];
}
