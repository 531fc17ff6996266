import { quoteLiteral } from "../schema/literal.js";
import { displayName, isSameName, type ObjectName } from "../schema/object-name.js";
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
  apply: ({ type, from, to }, schema) => ({
    ...schema,
    enums: schema.enums.map((each) =>
      isSameName(each, type) ? { ...each, values: each.values.map((value) => (value === from ? to : value)) } : each,
    ),
  }),
};
