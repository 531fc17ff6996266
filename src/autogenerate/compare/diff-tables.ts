import type { Operation, OperationOf } from "../../operation/operation.js";
import type { ForeignKey } from "../../schema/constraint.js";
import { isSameName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Table } from "../../schema/table.js";
import { childrenFirst } from "./family.js";
import type { Staged } from "./stage.js";
import { bareName, type TablePair } from "./table-pair.js";

/** What changes a table that stays as a whole: logging, options, comment. */
export function diffTable({ base, target }: TablePair): readonly Staged[] {
  const table = bareName(target);
  const changes: Staged[] = [];
  const alter = (operation: Operation): void => {
    changes.push({ stage: "alter table", operation });
  };
  if (base.unlogged !== target.unlogged) alter({ kind: "set table logging", table, unlogged: target.unlogged });
  if (base.options.join("\n") !== target.options.join("\n")) alter({ kind: "set table options", table, from: base.options, to: target.options });
  if (base.comment !== target.comment) {
    const operation: Operation = { kind: "set comment", on: { kind: "table", table }, from: base.comment, to: target.comment };
    changes.push({ stage: "comment", operation });
  }
  return changes;
}

/** Makes new tables, each after those that its foreign keys lead to; where they lead in a circle, the foreign keys come last. */
export function createTables(base: Schema, target: Schema): readonly Staged[] {
  const added = target.tables.filter((table) => findByName(base.tables, table) === undefined);
  const made: Table[] = [];
  const late: Staged[] = [];
  const visited = new Set<Table>();
  const visit = (table: Table): void => {
    if (visited.has(table)) return;
    visited.add(table);
    for (const { references } of table.foreignKeys) {
      const far = findByName(added, references.table);
      if (far !== undefined) visit(far);
    }
    const isThere = (key: ForeignKey): boolean => {
      const { table: far } = key.references;
      if (isSameName(far, table) || made.some((each) => isSameName(each, far))) return true;
      return findByName(base.tables, far) !== undefined && !mustWait(key, base, target);
    };
    const foreignKeys = table.foreignKeys.filter(isThere);
    for (const foreignKey of table.foreignKeys.filter((each) => !foreignKeys.includes(each))) {
      const constraint = { type: "foreign key" as const, ...foreignKey };
      late.push({ stage: "add foreign key", operation: { kind: "add constraint", table: bareName(table), constraint, inTwoSteps: false } });
    }
    made.push({ ...table, foreignKeys });
  };
  added.forEach(visit);
  const created = made.map((table): Staged => ({ stage: "create table", operation: { kind: "create table", table, sequences: [] } }));
  return [...created, ...late];
}

/** Whether a foreign key to a table that is there must wait until that table is changed: for its key, or for its columns' types. */
function mustWait({ references }: ForeignKey, base: Schema, target: Schema): boolean {
  const leans = (schema: Schema): string | undefined => {
    const table = findByName(schema.tables, references.table);
    const key = [table?.primaryKey, ...(table?.uniques ?? [])].find((each) => each?.columns.toSorted().join("\n") === references.columns.toSorted().join("\n"));
    const types = references.columns.map((name) => table?.columns.find((column) => column.name === name)?.type);
    return key == null ? undefined : JSON.stringify([key, types]);
  };
  const now = leans(base);
  return now === undefined || now !== leans(target);
}

/**
 * Drops tables that should go: first the foreign keys from them, while all has its old name, so that of the tables' order only inheritance is left.
 */
export function dropTables(actual: Schema, base: Schema, target: Schema): readonly Staged[] {
  const gone = base.tables.filter((table) => findByName(target.tables, table) === undefined);
  return childrenFirst(gone).flatMap((table) => {
    const leading = table.foreignKeys.filter(({ references }) => !isSameName(references.table, table));
    const sequences = base.sequences.filter(({ ownedBy }) => ownedBy !== null && isSameName(ownedBy.table, table));
    const foreignKeys = table.foreignKeys.filter((each) => !leading.includes(each));
    const original = findByName(actual.tables, table)?.foreignKeys ?? [];
    return [
      ...leading.map((foreignKey): Staged => {
        const constraint = { type: "foreign key" as const, ...(original.find(({ name }) => name === foreignKey.name) ?? foreignKey) };
        return { stage: "drop foreign key", operation: { kind: "drop constraint", table: bareName(table), constraint, inTwoSteps: false } };
      }),
      { stage: "drop table" as const, operation: { kind: "drop table" as const, table: { ...table, foreignKeys }, sequences, ...restatedIn(table, base) } },
    ];
  });
}

/** What the way back must say again of columns that a child has from its parents: they come back as the parents' are. */
function restatedIn(table: Table, base: Schema): Pick<OperationOf<"drop table">, "restated"> {
  const parents = table.inherits.flatMap((parent) => findByName(base.tables, parent) ?? []);
  const isOther = (column: Table["columns"][number]): boolean => {
    const above = parents.flatMap(({ columns }) => columns.filter(({ name }) => name === column.name))[0];
    return column.inherited && above !== undefined && (above.default !== column.default || above.nullable !== column.nullable);
  };
  const restated = table.columns.filter(isOther).map(({ name }) => name);
  return restated.length === 0 ? {} : { restated };
}
