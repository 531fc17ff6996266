import type { DeclaredCheck, DeclaredColumn, DeclaredTable } from "../../schema/declared-schema.js";
import { quoteIdentifier } from "../../schema/identifier.js";
import { quoteLiteral } from "../../schema/literal.js";
import { displayName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import type { ScratchTable } from "../../schema/scratch-table.js";
import type { Table } from "../../schema/table.js";
import { canonicalType } from "../../schema/canonical-type.js";
import { admittedValues, notAdmitted } from "./admitted-values.js";
import { exclusionClause } from "./declared-exclusion.js";
import { indexClause, isPlain } from "./declared-index.js";
import { draftColumn, keepColumn, type DraftColumn } from "./draft-column.js";
import { keyColumns, ownKeyColumn } from "./key-columns.js";
import { newColumnType } from "./new-column-type.js";

/** A table as it should be, its SQL partly as people wrote it. */
export interface DraftTable {
  readonly declared: DeclaredTable;
  /** What is there, under its new names. */
  readonly base: Table | undefined;
  readonly columns: readonly DraftColumn[];
  /** Those that are there and should not be. */
  readonly dropped: readonly string[];
  readonly checks: readonly DeclaredCheck[];
}

export interface DraftOptions {
  readonly schema: Schema;
  readonly dropUndeclared: boolean;
  /** The type of a column that a relation ties to another, or that is of an enum type. */
  readonly knownType: (column: DeclaredColumn) => string | undefined;
  readonly nativeEnums: boolean;
}

/** What a declared table should consist of: columns that are there in their order, then new ones. */
export function draftTable(table: DeclaredTable, base: Table | undefined, options: DraftOptions): DraftTable {
  const declared = withKeyColumns(table, base);
  const there = base?.columns ?? [];
  // Models without a schema leave all of the table open; rows are told apart by `idColumn`, whoever sets it.
  const drops = declared.closed || (options.dropUndeclared && declared.columns.some((column) => column.declared));
  const speaksOf = (name: string): DeclaredColumn | undefined => declared.columns.find((column) => column.name === name);
  const ownKey = ownKeyColumn(declared, base);
  const draft = (column: DeclaredColumn): DraftColumn => {
    const knownType = options.knownType(column);
    const type = canonicalType(column.stated.type ?? "") ?? knownType ?? (column.meaning && newColumnType(column.meaning));
    return draftColumn(column, there.find(({ name }) => name === column.name), {
      table: declared,
      schema: options.schema,
      knownType,
      knownDefault: column.name === ownKey && type === "uuid" ? "gen_random_uuid()" : null,
    });
  };
  const kept = there.flatMap((column) => {
    const own = speaksOf(column.name);
    if (own !== undefined) return [draft(own)];
    return drops && !column.inherited && !declared.idColumns.includes(column.name) ? [] : [keepColumn(column)];
  });
  const added = declared.columns.filter(({ name }) => !there.some((column) => column.name === name)).map(draft);
  const columns = [...kept, ...added];
  return {
    declared,
    base,
    columns,
    dropped: there.map(({ name }) => name).filter((name) => !columns.some(({ sql }) => sql.name === name)),
    checks: [
      ...(declared.checks ?? []),
      ...(options.nativeEnums ? [] : added.flatMap(valuesCheck)),
      ...kept.flatMap((column) => widerCheck(column, declared, base)),
    ],
  };
}

/** The table with the columns of its key, where they must be and nobody describes them. They come first in a new table. */
function withKeyColumns(table: DeclaredTable, base: Table | undefined): DeclaredTable {
  const wanted = base === undefined ? keyColumns(table, base) : table.idIsExplicit ? table.idColumns : [];
  const missing = wanted.filter((name) => !table.columns.some((column) => column.name === name) && !table.notColumns.includes(name));
  if (missing.length === 0) return table;
  const source = table.sources[0] ?? displayName(table);
  const added = missing.map((name) => ({ name, source: `${source}.${name}`, declared: false, stated: {}, required: true }));
  return { ...table, columns: [...added, ...table.columns] };
}

/** A new text column for a listed string takes the listed values only. */
function valuesCheck({ declared, sql }: DraftColumn): readonly DeclaredCheck[] {
  const values = declared?.meaning?.values;
  if (values === undefined || values.length === 0 || declared?.stated.type !== undefined) return [];
  return [
    { expression: `${quoteIdentifier(sql.name)} in (${values.map(quoteLiteral).join(", ")})`, noInherit: false },
  ];
}

/** A check that admits a list of strings, and not all that are listed now, in a wider form under its name. */
function widerCheck({ declared: column, sql, base: there }: DraftColumn, table: DeclaredTable, base: Table | undefined): readonly DeclaredCheck[] {
  const listed = column?.meaning?.values ?? [];
  if (listed.length === 0) return [];
  return (base?.checks ?? []).flatMap((check) => {
    const admitted = check.uses.join() === sql.name ? admittedValues(check) : undefined;
    const missing = admitted === undefined ? [] : notAdmitted(admitted, listed);
    if (admitted === undefined || missing.length === 0 || table.checks?.some(({ name }) => name === check.name) === true) return [];
    const name = quoteIdentifier(sql.name);
    // Of a varchar the cast is PostgreSQL's own; elsewhere it decides which strings are the same.
    const operand = there?.type.startsWith("character varying") === true ? name : admitted.operand;
    const list = `${operand} in (${[...admitted.values, ...missing].map(quoteLiteral).join(", ")})`;
    return [{ name: check.name, expression: admitted.saysNull ? `${name} is null or ${list}` : list, noInherit: check.noInherit }];
  });
}

/** What PostgreSQL must read of the table; `undefined` when all is in its own words. */
export function scratchOf(draft: DraftTable): ScratchTable | undefined {
  const { declared, base } = draft;
  const isSame = (column: DraftColumn): boolean => column.isCanonical && column.base?.type === column.sql.type;
  const typesStay = draft.columns.every((column) => column.base === undefined || isSame(column));
  const checks = draft.checks
    .map(({ expression }, place) => ({ name: checkName(place), expression }))
    .filter(({ expression }) => !typesStay || base?.checks.every((check) => check.expression !== expression) !== false);
  const exclusions = (declared.exclusions ?? []).map((exclusion, place) => ({
    name: exclusionName(place),
    definition: exclusionClause(exclusion, draft.columns.map(({ sql }) => sql.name)),
  }));
  const indexes = (declared.indexes ?? [])
    .map((index, place) => ({ name: indexName(place), unique: index.unique === true, clause: indexClause(index), index }))
    .filter(({ index }) => !isPlain(index))
    .map(({ index: _index, ...asked }) => asked);
  const isAsked = checks.length + exclusions.length + indexes.length > 0 || draft.columns.some(({ isCanonical }) => !isCanonical);
  if (!isAsked) return undefined;
  const { schema, name } = declared;
  return { schema, name, columns: draft.columns.map(({ sql }) => sql), checks, indexes, exclusions };
}

/** The names under which a scratch table holds what is declared, by its place in the list. */
export const checkName = (place: number): string => `gmig_check_${place}`;
export const exclusionName = (place: number): string => `gmig_exclusion_${place}`;
export const indexName = (place: number): string => `gmig_index_${place}`;
