import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import type { Namespace } from "../schema/schema.js";
import type { OperationRules } from "./operation-rules.js";

export interface CreateSchema {
  readonly kind: "create schema";
  readonly namespace: Namespace;
}

/** Refused by PostgreSQL while anything is in it. */
export interface DropSchema {
  readonly kind: "drop schema";
  readonly namespace: Namespace;
}

export const createSchema: OperationRules<CreateSchema> = {
  invert: ({ namespace }) => ({ kind: "drop schema", namespace }),
  describe: ({ namespace }) => `create schema ${namespace.name}`,
  toSql: ({ namespace: { name, comment } }) => [
    `create schema ${quoteIdentifier(name)}`,
    ...(comment === null ? [] : [`comment on schema ${quoteIdentifier(name)} is ${quoteLiteral(comment)}`]),
  ],
  apply: ({ namespace }, schema) => ({
    ...schema,
    namespaces: [...schema.namespaces, namespace].sort((left, right) => (left.name < right.name ? -1 : 1)),
  }),
};

export const dropSchema: OperationRules<DropSchema> = {
  invert: ({ namespace }) => ({ kind: "create schema", namespace }),
  describe: ({ namespace }) => `drop schema ${namespace.name}`,
  toSql: ({ namespace }) => [`drop schema ${quoteIdentifier(namespace.name)}`],
  apply: ({ namespace }, schema) => ({
    ...schema,
    namespaces: schema.namespaces.filter(({ name }) => name !== namespace.name),
  }),
};
