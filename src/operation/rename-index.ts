import { changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import type { OperationRules } from "./operation-rules.js";

export interface RenameIndex {
  readonly kind: "rename index";
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

export const renameIndex: OperationRules<RenameIndex> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ table, from, to }) => `rename index ${from} on ${displayName(table)} to ${to}`,
  toSql: ({ table, from, to }, naming) => [
    `alter index ${naming({ schema: table.schema, name: from })} rename to ${quoteIdentifier(to)}`,
  ],
  apply: ({ table, from, to }, schema) =>
    changeTable(schema, table, (each) => ({
      ...each,
      indexes: each.indexes.map((index) => (index.name === from ? { ...index, name: to } : index)),
    })),
};
