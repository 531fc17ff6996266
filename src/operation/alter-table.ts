import { changeTable } from "../schema/change-schema.js";
import { displayName, isSameName, type ObjectName } from "../schema/object-name.js";
import { optionInSql } from "./index-clause.js";
import type { OperationRules } from "./operation-rules.js";

/** Whether the table is written to the write-ahead log; its own sequences follow from PostgreSQL 15 on. Rewrites it. */
export interface SetTableLogging {
  readonly kind: "set table logging";
  readonly table: ObjectName;
  readonly unlogged: boolean;
}

/** Storage parameters such as `fillfactor=70`. */
export interface SetTableOptions {
  readonly kind: "set table options";
  readonly table: ObjectName;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

export const setTableLogging: OperationRules<SetTableLogging> = {
  invert: (operation) => ({ ...operation, unlogged: !operation.unlogged }),
  describe: ({ table, unlogged }) => `make table ${displayName(table)} ${unlogged ? "unlogged" : "logged"}`,
  toSql: ({ table, unlogged }, naming) => [`alter table ${naming(table)} set ${unlogged ? "unlogged" : "logged"}`],
  apply: ({ table, unlogged }, schema) => ({
    ...changeTable(schema, table, (each) => ({ ...each, unlogged })),
    sequences: schema.sequences.map((each) =>
      schema.serverVersion >= 150000 && each.ownedBy !== null && isSameName(each.ownedBy.table, table) ? { ...each, unlogged } : each,
    ),
  }),
};

export const setTableOptions: OperationRules<SetTableOptions> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ table, to }) => `set options of table ${displayName(table)}: ${to.length === 0 ? "none" : to.join(", ")}`,
  toSql: ({ table, from, to }, naming) => {
    const nameOf = (option: string): string => option.split("=")[0] ?? "";
    const names = new Set(to.map(nameOf));
    const reset = from.map(nameOf).filter((name) => !names.has(name));
    const set = to.filter((option) => !from.includes(option));
    return [
      ...(reset.length === 0 ? [] : [`alter table ${naming(table)} reset (${reset.join(", ")})`]),
      ...(set.length === 0 ? [] : [`alter table ${naming(table)} set (${set.map(optionInSql).join(", ")})`]),
    ];
  },
  apply: ({ table, to }, schema) => changeTable(schema, table, (each) => ({ ...each, options: to })),
};
