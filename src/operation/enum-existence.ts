import { insertByName } from "../schema/change-schema.js";
import { quoteLiteral } from "../schema/literal.js";
import { displayName, isSameName } from "../schema/object-name.js";
import type { EnumType } from "../schema/type.js";
import { grantAnew } from "./grant-statements.js";
import type { OperationRules } from "./operation-rules.js";

export interface CreateEnum {
  readonly kind: "create enum";
  readonly type: EnumType;
}

/** Refused by PostgreSQL while a column has the type. */
export interface DropEnum {
  readonly kind: "drop enum";
  readonly type: EnumType;
}

export const createEnum: OperationRules<CreateEnum> = {
  invert: ({ type }) => ({ kind: "drop enum", type }),
  describe: ({ type }) => `create enum ${displayName(type)} (${type.values.join(", ")})`,
  toSql: ({ type }, naming) => [
    `create type ${naming(type)} as enum (${type.values.map(quoteLiteral).join(", ")})`,
    ...(type.comment === null ? [] : [`comment on type ${naming(type)} is ${quoteLiteral(type.comment)}`]),
    ...grantAnew(`type ${naming(type)}`, type.grants, type.owner),
  ],
  apply: ({ type }, schema) => ({ ...schema, enums: insertByName(schema.enums, type) }),
};

export const dropEnum: OperationRules<DropEnum> = {
  invert: ({ type }) => ({ kind: "create enum", type }),
  describe: ({ type }) => `drop enum ${displayName(type)}`,
  toSql: ({ type }, naming) => [`drop type ${naming(type)}`],
  apply: ({ type }, schema) => ({ ...schema, enums: schema.enums.filter((each) => !isSameName(each, type)) }),
};
