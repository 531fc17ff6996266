import type { Column } from "../../schema/column.js";
import type { ObjectName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import type { Table } from "../../schema/table.js";
import { columnKind } from "./column-kind.js";

/** A table that stays: as it is, as it is under its new names, and as it should be. */
export interface TablePair {
  readonly actual: Table;
  readonly base: Table;
  readonly target: Table;
  /**
   * The columns that are dropped and made anew though they stay: those computed otherwise than before, and those computed from a column whose
   * type changes.
   */
  readonly reborn: ReadonlySet<string>;
}

type Tables = Omit<TablePair, "reborn">;

/** The pair of these. */
export function pairTables(tables: Tables): TablePair {
  return { ...tables, reborn: rebornColumns(tables) };
}

/** A column that stays: as it is, as it is under its new name, and as it should be. */
export interface ColumnPair {
  readonly actual: Column;
  readonly base: Column;
  readonly target: Column;
}

/** The columns that stay, in their order. */
export function columnPairs({ actual, base, target }: Tables): readonly ColumnPair[] {
  return base.columns.flatMap((column, place) => {
    const wish = target.columns.find(({ name }) => name === column.name);
    const old = actual.columns[place];
    return wish === undefined || old === undefined ? [] : [{ actual: old, base: column, target: wish }];
  });
}

/** Whether type or collation change. */
export function changesType({ base, target }: ColumnPair): boolean {
  return base.type !== target.type || base.collation !== target.collation;
}

/** The name alone. */
export function bareName({ schema, name }: ObjectName): ObjectName {
  return { schema, name };
}

const FAMILIES: readonly ReadonlySet<string>[] = [
  new Set(["smallint", "integer", "bigint"]),
  new Set(["text", "character varying", "citext"]),
  new Set(["timestamp with time zone", "timestamp without time zone"]),
];

/** Whether the types are so near that defaults, foreign keys and checks can be carried over. */
export function isOneFamily(left: string, right: string, schema: Schema): boolean {
  const [ours, theirs] = [columnKind(left, schema), columnKind(right, schema)];
  if (ours.isArray !== theirs.isArray || ours.name === "enum" || theirs.name === "enum") return false;
  return ours.name === theirs.name || FAMILIES.some((family) => family.has(ours.name) && family.has(theirs.name));
}

function rebornColumns(pair: Tables): ReadonlySet<string> {
  const pairs = columnPairs(pair);
  const changed = new Set(pairs.filter(changesType).map(({ base }) => base.name));
  const names = pairs.filter(({ base, target }) => {
    if (target.generated === null) return false;
    const isOther = base.generated?.expression !== target.generated.expression || base.generated.kind !== target.generated.kind;
    return isOther || changed.has(base.name) || target.generated.uses.some((name) => changed.has(name));
  });
  return new Set(names.map(({ base }) => base.name));
}
