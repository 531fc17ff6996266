import { changeTable, insertSorted } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import type { IndexDefinition } from "../schema/index-definition.js";
import { quoteLiteral } from "../schema/literal.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { indexClause } from "./index-clause.js";
import type { OperationRules } from "./operation-rules.js";

export interface CreateIndex {
  readonly kind: "create index";
  readonly table: ObjectName;
  readonly index: IndexDefinition;
  /** Without locking out writers, and therefore outside of a transaction. */
  readonly concurrently: boolean;
}

export interface DropIndex {
  readonly kind: "drop index";
  readonly table: ObjectName;
  readonly index: IndexDefinition;
  readonly concurrently: boolean;
}

export const createIndex: OperationRules<CreateIndex> = {
  invert: (operation) => ({ ...operation, kind: "drop index" }),
  describe: ({ table, index }) => `create ${describeIndex(table, index)}`,
  toSql: ({ table, index, concurrently }, naming) => [
    [
      `create ${index.unique ? "unique " : ""}index ${concurrently ? "concurrently " : ""}${quoteIdentifier(index.name)}`,
      indexClause(table, index, naming),
    ].join(" "),
    ...(index.clustered ? [`alter table ${naming(table)} cluster on ${quoteIdentifier(index.name)}`] : []),
    ...(index.comment === null
      ? []
      : [`comment on index ${naming({ schema: table.schema, name: index.name })} is ${quoteLiteral(index.comment)}`]),
  ],
  apply: ({ table, index }, schema) =>
    changeTable(schema, table, (each) => ({ ...each, indexes: insertSorted(each.indexes, index) })),
};

export const dropIndex: OperationRules<DropIndex> = {
  invert: (operation) => ({ ...operation, kind: "create index" }),
  describe: ({ table, index }) => `drop ${describeIndex(table, index)}`,
  toSql: ({ table, index, concurrently }, naming) => [
    `drop index ${concurrently ? "concurrently " : ""}${naming({ schema: table.schema, name: index.name })}`,
  ],
  apply: ({ table, index }, schema) =>
    changeTable(schema, table, (each) => ({ ...each, indexes: each.indexes.filter(({ name }) => name !== index.name) })),
};

/** All that it says, so that one which takes another's place is told from it. */
function describeIndex(table: ObjectName, index: IndexDefinition): string {
  return `${index.unique ? "unique " : ""}index ${index.name} ${indexClause(table, index, displayName)}`;
}
