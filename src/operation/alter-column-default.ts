import { changeColumn, changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import type { OperationRules } from "./operation-rules.js";

export interface AlterColumnDefault {
  readonly kind: "alter column default";
  readonly table: ObjectName;
  readonly column: string;
  /** SQL; `null` is none. */
  readonly from: string | null;
  readonly to: string | null;
}

export const alterColumnDefault: OperationRules<AlterColumnDefault> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ table, column, from, to }) =>
    `alter column ${displayName(table)}.${column}: default ${from ?? "none"} becomes ${to ?? "none"}`,
  toSql: ({ table, column, to }, naming) => [
    `alter table ${naming(table)} alter column ${quoteIdentifier(column)} ${to === null ? "drop default" : `set default ${to}`}`,
  ],
  apply: ({ table, column, to }, schema) =>
    changeTable(schema, table, (each) => changeColumn(each, column, (old) => ({ ...old, default: to }))),
};
