import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { renameTableIn } from "../schema/rename-in-schema.js";
import type { OperationRules } from "./operation-rules.js";

/** A new name, another schema, or both. Constraints, indexes and sequences keep their names. */
export interface RenameTable {
  readonly kind: "rename table";
  readonly from: ObjectName;
  readonly to: ObjectName;
}

export const renameTable: OperationRules<RenameTable> = {
  invert: ({ kind, from, to }) => ({ kind, from: to, to: from }),
  describe: ({ from, to }) => `rename table ${displayName(from)} to ${displayName(to)}`,
  toSql: ({ from, to }, naming) => {
    const moved = { schema: to.schema, name: from.name };
    return [
      ...(from.schema === to.schema ? [] : [`alter table ${naming(from)} set schema ${quoteIdentifier(to.schema)}`]),
      ...(from.name === to.name ? [] : [`alter table ${naming(moved)} rename to ${quoteIdentifier(to.name)}`]),
    ];
  },
  apply: ({ from, to }, schema) => renameTableIn(schema, from, to),
};
