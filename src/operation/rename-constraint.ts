import { changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { listConstraints, withConstraints } from "../schema/table-constraint.js";
import type { OperationRules } from "./operation-rules.js";

export interface RenameConstraint {
  readonly kind: "rename constraint";
  readonly table: ObjectName;
  readonly from: string;
  readonly to: string;
}

export const renameConstraint: OperationRules<RenameConstraint> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ table, from, to }) => `rename constraint ${from} on ${displayName(table)} to ${to}`,
  toSql: ({ table, from, to }, naming) => [
    `alter table ${naming(table)} rename constraint ${quoteIdentifier(from)} to ${quoteIdentifier(to)}`,
  ],
  apply: ({ table, from, to }, schema) =>
    changeTable(schema, table, (each) =>
      withConstraints(each, listConstraints(each).map((own) => (own.name === from ? { ...own, name: to } : own))),
    ),
};
