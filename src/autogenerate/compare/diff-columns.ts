import type { ObjectName } from "../../schema/object-name.js";
import { diffColumn, ownedSequence, type DiffColumnsContext } from "./diff-column.js";
import { needsFilling } from "./filler.js";
import type { Staged } from "./stage.js";
import { bareName, columnPairs, type ColumnPair, type TablePair } from "./table-pair.js";

/** What takes the columns of a table to those that should be there. */
export function diffColumns(pair: TablePair, context: DiffColumnsContext): readonly Staged[] {
  const { actual, base, target } = pair;
  const table: ObjectName = bareName(target);
  const { reborn } = pair;
  const added = target.columns.filter(({ name }) => !base.columns.some((column) => column.name === name));
  return [
    ...added.map((column): Staged => {
      const fill = needsFilling(column) ? context.fill.ask(actual, table, column) : null;
      const stage = column.generated === null ? "add column" : "add generated column";
      return { stage, operation: { kind: "add column", table, column, sequence: null, fill } };
    }),
    ...columnPairs(pair).flatMap((columns) =>
      reborn.has(columns.base.name) ? remakeColumn(actual, table, columns) : diffColumn(pair, columns, context),
    ),
    ...base.columns.flatMap((column, place): readonly Staged[] => {
      if (target.columns.some(({ name }) => name === column.name)) return [];
      const old = actual.columns[place] ?? column;
      if (column.generated !== null) {
        return [{ stage: "drop generated column", operation: { kind: "drop column", table: bareName(actual), column: old, sequence: null, fill: null } }];
      }
      const sequence = ownedSequence(context.schema, table, column.name);
      const fill = needsFilling(column) ? context.fill.leaveOpen(actual) : null;
      return [{ stage: "drop column", operation: { kind: "drop column", table, column, sequence, fill } }];
    }),
  ];
}

/** Drops a computed column while all that it is computed from is as it was, and adds it when all is as it should be. */
function remakeColumn(actual: ObjectName, table: ObjectName, columns: ColumnPair): readonly Staged[] {
  return [
    {
      stage: columns.actual.generated === null ? "drop column" : "drop generated column",
      operation: {
        kind: "drop column",
        ...(columns.actual.generated === null ? { table, column: columns.base } : { table: bareName(actual), column: columns.actual }),
        sequence: null,
        fill: null,
      },
    },
    { stage: "add generated column", operation: { kind: "add column", table, column: columns.target, sequence: null, fill: null } },
  ];
}
