import { canonicalType } from "../../schema/canonical-type.js";
import type { Column } from "../../schema/column.js";
import type { DeclaredColumn, DeclaredSchema, DeclaredTable } from "../../schema/declared-schema.js";
import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import { renameEnumValueIn } from "../../schema/rename-enum-value-in.js";
import { renameColumnIn, renameTableIn } from "../../schema/rename-in-schema.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Table } from "../../schema/table.js";
import type { CompareOptions } from "./compare-options.js";
import type { Suggestion } from "./findings.js";
import { newColumnType } from "./new-column-type.js";
import type { Answers, Question } from "./question.js";
import { answerFor, namesOf, saysOther, unknownOld } from "./rename-answer.js";
import { renameFlag } from "./rename-flag.js";
import { TEXTS } from "./type-families.js";

export interface TableRename {
  readonly from: ObjectName;
  readonly to: ObjectName;
}

export interface ColumnRename {
  /** The table's new name. */
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

export interface ValueRename {
  readonly type: ObjectName;
  readonly from: string;
  readonly to: string;
}

export interface Renames {
  readonly values: readonly ValueRename[];
  readonly tables: readonly TableRename[];
  readonly columns: readonly ColumnRename[];
}

export interface FoundRenames {
  readonly renames: Renames;
  /** What is there, under its new names. */
  readonly base: Schema;
  readonly questions: readonly Question[];
  readonly suggestions: readonly Suggestion[];
}

/** Where questions are gathered. */
interface Asked {
  readonly questions: Question[];
  readonly suggestions: Suggestion[];
}

/** Finds what a model says was renamed, or somebody answered, and asks about what may have been. */
export function findRenames(declared: DeclaredSchema, actual: Schema, answers: Answers, options: CompareOptions): FoundRenames {
  const found: Asked = { questions: [], suggestions: [] };
  const tables = tableRenames(declared, actual, answers, options, found);
  const moved = tables.reduce((schema, { from, to }) => renameTableIn(schema, from, to), actual);
  const columns = declared.tables.flatMap((table) => {
    const base = findByName(moved.tables, table);
    return base === undefined || !table.managed ? [] : columnRenames(table, base, answers, options, { ...found, tables });
  });
  const renamed = columns.reduce((schema, { table, from, to }) => renameColumnIn(schema, table, from, to), moved);
  const values = valueRenames(declared, actual);
  const base = values.reduce((schema, { type, from, to }) => renameEnumValueIn(schema, type, from, to), renamed);
  return { renames: { tables, columns, values }, base, ...found };
}

/** Only what a model says: an enum that loses one value and gains another is not asked about. */
function valueRenames(declared: DeclaredSchema, actual: Schema): readonly ValueRename[] {
  return declared.enums.flatMap(({ schema, name, renamed }) => {
    const there = findByName(actual.enums, { schema, name })?.values ?? [];
    return renamed
      .filter(([from, to]) => there.includes(from) && !there.includes(to))
      .map(([from, to]) => ({ type: { schema, name }, from, to }));
  });
}

function tableRenames(
  declared: DeclaredSchema,
  actual: Schema,
  answers: Answers,
  options: CompareOptions,
  found: Asked,
): readonly TableRename[] {
  const isDeclared = (name: ObjectName): boolean => findByName(declared.tables, name) !== undefined;
  const free = actual.tables.filter((table) => !isDeclared(table) && !options.isForeign(table) && options.includes({ kind: "table", schema: table.schema, name: table.name }) && table.partitionOf === null);
  const taken: Table[] = [];
  return declared.tables.flatMap((table): readonly TableRename[] => {
    const isThere = findByName(actual.tables, table) !== undefined || findByName(actual.views, table) !== undefined;
    if (isThere || !table.managed || table.sources.length === 0) return [];
    const open = free.filter((each) => !taken.includes(each));
    const to = { schema: table.schema, name: table.name };
    const use = (old: Table): readonly TableRename[] => {
      taken.push(old);
      return [{ from: { schema: old.schema, name: old.name }, to }];
    };
    const answer = answerFor(table, "", answers);
    const isMeant = (each: Table): boolean => namesOf(each).includes(answer ?? "") || (each.schema === table.schema && each.name === answer);
    const name = displayName(table);
    const stated = table.renamedFrom === undefined ? undefined : findByName(open, table.renamedFrom);
    if (stated !== undefined) {
      if (answer !== undefined && !isMeant(stated)) throw saysOther(name, displayName(stated), answer);
      return use(stated);
    }
    if (answer !== undefined && answer !== "") {
      const old = open.find(isMeant);
      if (old === undefined) throw unknownOld(name, answer);
      return use(old);
    }
    const candidates = answer === "" ? [] : open.filter((each) => isLikeTable(table, each)).map(displayName);
    if (candidates.length > 0) {
      const message = `Was the table ${name} called ${candidates.join(" or ")} before?`;
      ask({ kind: "rename table", id: `rename ${name}`, message, candidates, required: options.dropUndeclared }, table, found);
    }
    return [];
  });
}

function columnRenames(
  table: DeclaredTable,
  base: Table,
  answers: Answers,
  options: CompareOptions,
  found: Asked & { readonly tables: readonly TableRename[] },
): readonly ColumnRename[] {
  const tables = [table, ...found.tables.flatMap(({ from, to }) => (isSameName(to, table) ? [from] : []))].flatMap(namesOf);
  const isDeclared = (name: string): boolean => table.columns.some((column) => column.name === name);
  const free = base.columns.filter(({ name, inherited }) => !isDeclared(name) && !inherited);
  const taken: Column[] = [];
  const added = table.columns.filter(({ name }) => !base.columns.some((column) => column.name === name));
  return added.flatMap((column): readonly ColumnRename[] => {
    const open = free.filter((each) => !taken.includes(each));
    const use = (old: Column): readonly ColumnRename[] => {
      taken.push(old);
      return [{ table: { schema: table.schema, name: table.name }, from: old.name, to: column.name }];
    };
    const answer = answerFor(table, `.${column.name}`, answers);
    const isMeant = (each: Column): boolean => each.name === answer || tables.some((prefix) => `${prefix}.${each.name}` === answer);
    const name = `${displayName(table)}.${column.name}`;
    const stated = open.find((each) => each.name === column.stated.renamedFrom);
    if (stated !== undefined) {
      if (answer !== undefined && !isMeant(stated)) throw saysOther(name, stated.name, answer);
      return use(stated);
    }
    if (answer !== undefined && answer !== "") {
      const old = open.find(isMeant);
      if (old === undefined) throw unknownOld(name, answer);
      return use(old);
    }
    const candidates = answer === "" || !column.declared ? [] : open.filter((each) => isLikeColumn(column, each)).map((each) => each.name);
    if (candidates.length > 0) {
      const message = `Was the column ${name} called ${candidates.join(" or ")} before?`;
      ask({ kind: "rename column", id: `rename ${name}`, message, candidates, required: table.closed || options.dropUndeclared }, table, found);
    }
    return [];
  });
}

/** How many old names a sentence lists that everybody gets to see. */
const SHOWN = 3;

/** Asks; where nothing is lost without an answer, what may be meant is also named to those who can't be asked. */
function ask(question: Question, { schema, name }: ObjectName, { questions, suggestions }: Asked): void {
  const { id, candidates, required } = question;
  questions.push(question);
  const flag = renameFlag(question, candidates[0] ?? "");
  const more = candidates.length > SHOWN ? [`one of ${candidates.length - SHOWN} more`] : [];
  const names = [...candidates.slice(0, SHOWN), ...more].join(" or ");
  const message = `${id.replace("rename ", "")} is new; if it is ${names} renamed, say renamedFrom in the model or ${flag}`;
  if (!required) suggestions.push({ kind: "rename", message, table: { schema, name } });
}

/** Whether at least half of the new table's columns, and more than its key, are in the old one. */
function isLikeTable(declared: DeclaredTable, old: Table): boolean {
  const names = declared.columns.map(({ name }) => name);
  const common = names.filter((name) => old.columns.some((column) => column.name === name));
  const beyondKey = common.some((name) => !declared.idColumns.includes(name));
  return common.length * 2 >= names.length && beyondKey;
}

/** Whether the types are of one family. */
function isLikeColumn({ stated, meaning }: DeclaredColumn, old: Column): boolean {
  const type = stated.type === undefined ? meaning && newColumnType(meaning) : (canonicalType(stated.type) ?? stated.type);
  if (type === undefined) return false;
  const family = (name: string): string => {
    const bare = name.replace(/\(.*?\)/, "");
    return TEXTS.has(bare) ? "text" : bare;
  };
  return family(type) === family(old.type);
}
