import { GmigError } from "../../errors.js";
import type { ForeignKey } from "../../schema/constraint.js";
import type { DeclaredForeignKey, DeclaredRelation, DeclaredTable } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { listConstraints } from "../../schema/table-constraint.js";
import type { Table } from "../../schema/table.js";
import type { CompareOptions } from "./compare-options.js";
import type { Kept, Suggestion } from "./findings.js";
import { isSameList } from "./same-list.js";
import { nothingTaken, takenNames } from "./taken-names.js";
import { foreignKeyName, targetForeignKeys, ties, type KnownForeignKey } from "./target-foreign-keys.js";

export interface TiedTables {
  readonly tables: readonly Table[];
  readonly kept: readonly Kept[];
  readonly suggestions: readonly Suggestion[];
}

/**
 * Gives the tables the foreign keys that should be there: those stated, those there, and those of relations on new columns, or on all with
 * `foreignKeys`. Foreign keys to tables and columns that go, go with them.
 */
export function tieTables(declared: readonly DeclaredTable[], target: Schema, base: Schema, options: CompareOptions): TiedTables {
  const kept: Kept[] = [];
  const suggestions: Suggestion[] = [];
  const tables = target.tables.map((table): Table => {
    const model = findByName(declared, table);
    const there = table.foreignKeys.filter(({ references }) => hasColumns(target, references));
    if (model === undefined) return there.length === table.foreignKeys.length ? table : { ...table, foreignKeys: there };
    const stated = statedForeignKeys(model, there, { table, target }, options, kept);
    const wished = model.relations.filter((relation) => !stated.some((key) => ties(key, relation)));
    const names = takenNames(nothingTaken, () => [...stated, ...listConstraints(table)]);
    const added = wished.flatMap((relation) => {
      if (!canTie(relation, table, target)) return [];
      const old = findByName(base.tables, table);
      const isNew = old === undefined || relation.columns.some((name) => !old.columns.some((column) => column.name === name));
      if (!isNew && !options.foreignKeys) {
        const far = `${displayName(relation.references.table)} (${relation.references.columns.join(", ")})`;
        const message = `${displayName(table)} (${relation.columns.join(", ")}) could have a foreign key to ${far}, as ${relation.source} joins them`;
        suggestions.push({ kind: "foreign key", message, table });
        return [];
      }
      const name = foreignKeyName(table.name, relation.columns, names.isTaken);
      names.take(name);
      return [plainForeignKey(name, relation)];
    });
    const foreignKeys = [...stated, ...added].sort((left, right) => (left.name < right.name ? -1 : 1));
    return isSameList(foreignKeys, table.foreignKeys) ? table : { ...table, foreignKeys };
  });
  return { tables, kept, suggestions };
}

function statedForeignKeys(
  model: DeclaredTable,
  there: readonly ForeignKey[],
  { table, target }: { readonly table: Table; readonly target: Schema },
  options: CompareOptions,
  kept: Kept[],
): readonly ForeignKey[] {
  const known = model.foreignKeys?.map((key) => withColumns(key, model, target));
  const names = takenNames(nothingTaken, () => listConstraints({ ...table, foreignKeys: [] }));
  const { wanted, others } = targetForeignKeys(table.name, known, there, names.isTaken);
  const exact = model.foreignKeys !== undefined && (model.closed || options.dropUndeclared);
  const staying = others.filter((key) => !exact || model.relations.some((relation) => ties(key, relation)));
  if (known !== undefined) {
    const listed = staying.filter((key) => !model.relations.some((relation) => ties(key, relation)));
    kept.push(...listed.map(({ name }) => ({ kind: "foreign key" as const, name: `${displayName(table)}.${name}`, table })));
  }
  return [...wanted, ...staying];
}

/** A foreign key to a table without columns means its primary key. */
function withColumns(key: DeclaredForeignKey, model: DeclaredTable, target: Schema): KnownForeignKey {
  const far = findByName(target.tables, key.references.table);
  const columns = key.references.columns ?? far?.primaryKey?.columns;
  const { table } = key.references;
  if (columns === undefined || !hasColumns(target, { table, columns })) {
    const what = far === undefined ? `${displayName(table)}, which no model maps and the database lacks` : `columns that ${displayName(table)} lacks`;
    throw new GmigError("MODEL_INVALID", `${model.sources.join(", ")} declares a foreign key on (${key.columns.join(", ")}) to ${what}`);
  }
  return { ...key, references: { table, columns } };
}

function hasColumns(target: Schema, { table, columns }: ForeignKey["references"]): boolean {
  const far = findByName(target.tables, table);
  return far !== undefined && columns.every((name) => far.columns.some((column) => column.name === name));
}

/** Whether a relation can be a foreign key: it leads to columns that are unique together, of the same types. */
function canTie({ columns, references }: DeclaredRelation, table: Table, target: Schema): boolean {
  const far = findByName(target.tables, references.table);
  if (far === undefined || !hasColumns(target, references)) return false;
  const isKey = [...(far.primaryKey === null ? [] : [far.primaryKey]), ...far.uniques].some(
    (key) => key.deferral === "not deferrable" && isSameSet(key.columns, references.columns),
  );
  const isUniqueIndex = far.indexes.some(
    ({ unique, predicate, keys }) => unique && predicate === null && isSameSet(keys.map(({ column }) => column ?? ""), references.columns),
  );
  const typeOf = (of: Table, name: string | undefined): string | undefined => of.columns.find((column) => column.name === name)?.type;
  return (isKey || isUniqueIndex) && columns.every((name, place) => typeOf(table, name) === typeOf(far, references.columns[place]));
}

function isSameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((each) => right.includes(each));
}

function plainForeignKey(name: string, { columns, references }: DeclaredRelation): ForeignKey {
  return {
    name, columns, references, match: "simple", onUpdate: "no action", onDelete: "no action", onDeleteColumns: [], period: false,
    deferral: "not deferrable", validated: true, enforced: true, comment: null,
  };
}
