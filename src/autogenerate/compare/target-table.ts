import { GmigError } from "../../errors.js";
import type { Check } from "../../schema/constraint.js";
import type { DeclaredTable } from "../../schema/declared-schema.js";
import type { IsTaken } from "../../schema/default-name.js";
import { displayName, type ObjectName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import type { CanonicalTable } from "../../schema/scratch-table.js";
import { usedByConstraint } from "../../schema/table-constraint.js";
import type { Table } from "../../schema/table.js";
import { admittedValues, notAdmitted } from "./admitted-values.js";
import { exclusionInName } from "./declared-exclusion.js";
import { isPlain, plainIndex } from "./declared-index.js";
import { checkName, exclusionName, indexName, type DraftTable } from "./draft-table.js";
import type { Kept } from "./findings.js";
import { declaredPrimaryKey, keyColumns, ownKeyColumn } from "./key-columns.js";
import { fitIndex } from "./operator-classes.js";
import type { Parts } from "./parts.js";
import { isSameList } from "./same-list.js";
import { isSamePartitioning } from "./same-partitioning.js";
import { targetChecks, targetExclusions, type KnownExclusion } from "./target-checks.js";
import { targetColumn } from "./target-columns.js";
import { targetIndexes } from "./target-indexes.js";
import { plainKey, targetPrimaryKey, targetUniques } from "./target-keys.js";

export interface TargetTable {
  readonly table: Table;
  readonly kept: readonly Kept[];
}

export interface TargetTableOptions {
  readonly isTaken: IsTaken;
  readonly dropUndeclared: boolean;
  /** What is there, with the enum types that should be. */
  readonly schema: Schema;
}

/**
 * The table as it should be, but for its foreign keys, which stay as they are. `canonical` is what PostgreSQL made of the draft's scratch
 * table, where it had one; `isTaken` knows the names in the schema that are not the table's own.
 */
export function targetTable(
  draft: DraftTable,
  canonical: CanonicalTable | undefined,
  { isTaken, dropUndeclared, schema }: TargetTableOptions,
): TargetTable {
  const { declared, base } = draft;
  const key = keyColumns(declared, base);
  const ownKey = ownKeyColumn(declared, base);
  const columns = draft.columns.map((column) =>
    targetColumn(column, canonical, {
      table: declared,
      isKey: key.includes(column.sql.name),
      isNewIdentity: column.sql.name === ownKey && ["smallint", "integer", "bigint"].includes(column.sql.type),
    }),
  );
  const stays = (uses: readonly string[]): boolean => !uses.some((name) => draft.dropped.includes(name));
  const own: ObjectName = { schema: declared.schema, name: declared.name };
  const kept: Kept[] = draft.columns
    .filter((column) => column.declared === undefined && !declared.idColumns.includes(column.sql.name))
    .map(({ sql }) => ({ kind: "column", name: `${displayName(declared)}.${sql.name}`, table: own }));
  const settle = <T extends { readonly name: string }>(kind: Kept["kind"], isStated: boolean, parts: Parts<T>): readonly T[] => {
    if (isStated && (declared.closed || dropUndeclared)) return parts.wanted;
    if (isStated) kept.push(...parts.others.map(({ name }) => ({ kind, name: `${displayName(declared)}.${name}`, table: own })));
    return [...parts.wanted, ...parts.others].sort((left, right) => (left.name < right.name ? -1 : 1));
  };
  const { name } = declared;
  const uniques = (base?.uniques ?? []).filter((each) => stays(usedByConstraint({ type: "unique", ...each })));
  const checks = (base?.checks ?? []).filter((each) => stays(each.uses));
  const exclusions = (base?.exclusions ?? []).filter((each) => stays(each.uses));
  const indexes = (base?.indexes ?? []).filter((each) => stays(each.uses)).map((index) => fitIndex(index, base?.columns ?? [], columns, schema));
  const changes: Changes = {
    ...optionsOf(declared, base),
    columns,
    primaryKey: primaryKeyOf(draft, stays),
    uniques: settle("unique constraint", declared.uniques !== undefined, targetUniques(name, declared.uniques, uniques, isTaken)),
    checks: settle("check", declared.checks !== undefined, withListed(draft, targetChecks(name, knownChecks(draft, canonical), checks, isTaken))),
    exclusions: settle(
      "exclusion constraint",
      declared.exclusions !== undefined,
      targetExclusions(name, knownExclusions(draft, canonical), exclusions, isTaken),
    ),
    indexes: settle("index", declared.indexes !== undefined, targetIndexes(name, knownIndexes(draft, canonical), indexes, isTaken)),
    foreignKeys: (base?.foreignKeys ?? []).filter((each) => stays(each.columns)),
  };
  return { table: base !== undefined && isUnchanged(base, changes) ? base : { ...(base ?? emptyTable(declared)), ...changes }, kept };
}

const LISTS = ["columns", "uniques", "foreignKeys", "checks", "exclusions", "indexes"] as const;

/** What of a table is compared. */
type Changes = Pick<Table, (typeof LISTS)[number] | "primaryKey"> & Partial<Pick<Table, "comment" | "unlogged" | "options" | "partitionBy">>;

/** A check that admits what a property lists, and may admit more, is that property's: neither left over nor to be dropped. */
function withListed({ columns }: DraftTable, { wanted, others }: Parts<Check>): Parts<Check> {
  const isListed = (check: Check): boolean => {
    const values = columns.find(({ sql }) => check.uses.join() === sql.name)?.declared?.meaning?.values ?? [];
    const admitted = values.length === 0 ? undefined : admittedValues(check);
    return admitted !== undefined && notAdmitted(admitted, values).length === 0;
  };
  const listed = new Set(others.filter(isListed));
  return { wanted: [...wanted, ...listed], others: others.filter((check) => !listed.has(check)) };
}

/** Whether all parts are the very ones that are there. */
function isUnchanged(base: Table, changes: Changes): boolean {
  const { comment = base.comment, unlogged = base.unlogged, partitionBy = base.partitionBy, options = base.options, primaryKey } = changes;
  return (
    comment === base.comment && unlogged === base.unlogged && partitionBy === base.partitionBy && isSameList(options, base.options) &&
    primaryKey === base.primaryKey && LISTS.every((list) => isSameList<unknown>(changes[list], base[list]))
  );
}

function primaryKeyOf({ declared, base }: DraftTable, stays: (uses: readonly string[]) => boolean): Table["primaryKey"] {
  const wish = declaredPrimaryKey(declared, base);
  const existing = base?.primaryKey ?? null;
  if (wish === undefined) return existing !== null && stays(usedByConstraint({ type: "primary key", ...existing })) ? existing : null;
  return wish === null ? null : targetPrimaryKey(declared.name, wish ?? plainKey([]), existing);
}

function optionsOf(declared: DeclaredTable, base: Table | undefined): Partial<Changes> {
  const { comment, unlogged, options, partitionBy } = declared;
  const words = partitionBy?.trim().replace(/^\w+/, (word) => word.toUpperCase()).replace(/^(\w+)\s*/, "$1 ");
  if (base !== undefined && words !== undefined && (base.partitionBy === null || !isSamePartitioning(words, base.partitionBy))) {
    throw new GmigError(
      "MODEL_INVALID",
      `${declared.sources.join(", ")} declares ${displayName(declared)} partitioned by ${words}; it is ${base.partitionBy ?? "not partitioned"}, and PostgreSQL can't change that`,
    );
  }
  return {
    ...(comment === undefined ? {} : { comment }),
    ...(unlogged === undefined ? {} : { unlogged }),
    ...(options === undefined ? {} : { options }),
    ...(words === undefined || base !== undefined ? {} : { partitionBy: words }),
  };
}

/** A check that is stated as it is there is not widened for what a property lists. */
function knownChecks({ checks, base, declared }: DraftTable, canonical: CanonicalTable | undefined) {
  const known = checks.map((check, place) => {
    const read = canonical?.checks.find(({ name }) => name === checkName(place));
    const known = read ?? base?.checks.find(({ expression }) => expression === check.expression);
    return { ...check, expression: known?.expression ?? check.expression, uses: known?.uses ?? [] };
  });
  const stated = known.slice(0, declared.checks?.length ?? 0);
  const isStated = (name: string | undefined): boolean => base?.checks.some((check) => check.name === name && stated.some(({ expression }) => expression === check.expression)) === true;
  return [...stated, ...known.slice(stated.length).filter(({ name }) => !isStated(name))];
}

function knownExclusions({ declared, columns }: DraftTable, canonical: CanonicalTable | undefined): readonly KnownExclusion[] | undefined {
  return declared.exclusions?.map((exclusion, place) => {
    const read = canonical?.exclusions.find(({ name }) => name === exclusionName(place));
    const inName = exclusionInName(exclusion, columns.map(({ sql }) => sql.name));
    const { name, comment } = exclusion;
    return {
      ...(name === undefined ? {} : { name }),
      ...(comment === undefined ? {} : { comment }),
      definition: read?.definition ?? "",
      uses: read?.uses ?? [],
      inName,
    };
  });
}

function knownIndexes({ declared }: DraftTable, canonical: CanonicalTable | undefined) {
  return declared.indexes?.map((index, place) => {
    const read = isPlain(index) ? undefined : canonical?.indexes.find(({ name }) => name === indexName(place));
    const definition = read ?? plainIndex(index, indexName(place));
    return { ...(index.name === undefined ? {} : { name: index.name }), declared: index, definition };
  });
}

function emptyTable({ schema, name }: DeclaredTable): Table {
  return {
    schema, name,
    owner: "", grants: [], comment: null, unlogged: false, partitionBy: null, partitionOf: null, inherits: [], foreign: null, options: [],
    tablespace: null, accessMethod: null, rowSecurity: "off", replicaIdentity: "default", columns: [], primaryKey: null, uniques: [],
    foreignKeys: [], checks: [], exclusions: [], indexes: [], triggers: [], policies: [], rules: [],
  };
}
