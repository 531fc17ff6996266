import { quoteLiteral } from "../schema/literal.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { renameEnumValueIn } from "../schema/rename-enum-value-in.js";
import type { OperationRules } from "./operation-rules.js";

export interface RenameEnumValue {
  readonly kind: "rename enum value";
  readonly type: ObjectName;
  readonly from: string;
  readonly to: string;
}

export const renameEnumValue: OperationRules<RenameEnumValue> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ type, from, to }) => `rename value ${from} of enum ${displayName(type)} to ${to}`,
  toSql: ({ type, from, to }, naming) => [
    `alter type ${naming(type)} rename value ${quoteLiteral(from)} to ${quoteLiteral(to)}`,
  ],
  apply: ({ type, from, to }, schema) => renameEnumValueIn(schema, type, from, to),
};
