import type { Schema } from "../schema/schema.js";
import { alterColumnDefault } from "./alter-column-default.js";
import { alterColumnGenerated } from "./alter-column-generated.js";
import { alterColumnIdentity } from "./alter-column-identity.js";
import { alterColumnNullability } from "./alter-column-nullability.js";
import { alterColumnType } from "./alter-column-type.js";
import { alterEnum } from "./alter-enum.js";
import { setTableLogging, setTableOptions } from "./alter-table.js";
import { addColumn, dropColumn } from "./column-existence.js";
import { addConstraint, dropConstraint } from "./constraint-existence.js";
import { createEnum, dropEnum } from "./enum-existence.js";
import { createIndex, dropIndex } from "./index-existence.js";
import type { Naming } from "./naming.js";
import type { OperationRules } from "./operation-rules.js";
import type { Operation, OperationKind, OperationOf } from "./operation.js";
import { renameColumn } from "./rename-column.js";
import { renameConstraint } from "./rename-constraint.js";
import { renameEnumValue } from "./rename-enum-value.js";
import { renameIndex } from "./rename-index.js";
import { renameTable } from "./rename-table.js";
import { runSql } from "./run-sql.js";
import { createSchema, dropSchema } from "./schema-existence.js";
import { createSequence, dropSequence } from "./sequence-existence.js";
import { setComment } from "./set-comment.js";
import { createTable, dropTable } from "./table-existence.js";

const RULES: { readonly [Kind in OperationKind]: OperationRules<OperationOf<Kind>> } = {
  "create schema": createSchema,
  "drop schema": dropSchema,
  "create table": createTable,
  "drop table": dropTable,
  "rename table": renameTable,
  "set table logging": setTableLogging,
  "set table options": setTableOptions,
  "add column": addColumn,
  "drop column": dropColumn,
  "rename column": renameColumn,
  "alter column type": alterColumnType,
  "alter column nullability": alterColumnNullability,
  "alter column default": alterColumnDefault,
  "alter column identity": alterColumnIdentity,
  "alter column generated": alterColumnGenerated,
  "add constraint": addConstraint,
  "drop constraint": dropConstraint,
  "rename constraint": renameConstraint,
  "create index": createIndex,
  "drop index": dropIndex,
  "rename index": renameIndex,
  "create enum": createEnum,
  "drop enum": dropEnum,
  "alter enum": alterEnum,
  "rename enum value": renameEnumValue,
  "create sequence": createSequence,
  "drop sequence": dropSequence,
  "set comment": setComment,
  "run sql": runSql,
};

/** Whether a value that came from outside is of a kind that gmig knows; what else belongs to the kind is not looked at. */
export function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "kind" in value && typeof value.kind === "string" && Object.hasOwn(RULES, value.kind);
}

function rulesOf<Op extends Operation>(operation: Op): OperationRules<Op> {
  return RULES[operation.kind] as unknown as OperationRules<Op>;
}

/** What takes the operation back exactly. */
export function invert(operation: Operation): Operation {
  return rulesOf(operation).invert(operation);
}

/** What takes the operations back: their inverses from the last to the first. */
export function invertAll(operations: readonly Operation[]): readonly Operation[] {
  return operations.map(invert).reverse();
}

/** One line for people, in database names: `add column users.email citext not null`. */
export function describe(operation: Operation): string {
  return rulesOf(operation).describe(operation);
}

/** The statements that do it, in order, without semicolons. */
export function toSql(operation: Operation, naming: Naming): readonly string[] {
  return rulesOf(operation).toSql(operation, naming);
}

/** The schema after the operation. */
export function apply(operation: Operation, schema: Schema): Schema {
  return rulesOf(operation).apply(operation, schema);
}
