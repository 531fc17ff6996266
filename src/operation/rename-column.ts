import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { renameColumnIn } from "../schema/rename-in-schema.js";
import type { OperationRules } from "./operation-rules.js";

export interface RenameColumn {
  readonly kind: "rename column";
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

export const renameColumn: OperationRules<RenameColumn> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ table, from, to }) => `rename column ${displayName(table)}.${from} to ${to}`,
  toSql: ({ table, from, to }, naming) => [
    `alter table ${naming(table)} rename column ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`,
  ],
  apply: ({ table, from, to }, schema) => renameColumnIn(schema, table, from, to),
};
