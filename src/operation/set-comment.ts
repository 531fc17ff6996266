import { changeColumn, changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import { displayName, isSameName, type ObjectName } from "../schema/object-name.js";
import type { Schema } from "../schema/schema.js";
import { listConstraints, withConstraints } from "../schema/table-constraint.js";
import type { Naming } from "./naming.js";
import type { OperationRules } from "./operation-rules.js";

/** What a comment stands on. */
export type CommentTarget =
  | { readonly kind: "table"; readonly table: ObjectName }
  | { readonly kind: "column" | "constraint" | "index"; readonly table: ObjectName; readonly name: string }
  | { readonly kind: "type"; readonly type: ObjectName };

export interface SetComment {
  readonly kind: "set comment";
  readonly on: CommentTarget;
  /** `null` is none. */
  readonly from: string | null;
  readonly to: string | null;
}

export const setComment: OperationRules<SetComment> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ on, to }) => `${to === null ? "remove" : "set"} comment on ${targetInWords(on)}`,
  toSql: ({ on, to }, naming) => [`comment on ${targetInSql(on, naming)} is ${to === null ? "null" : quoteLiteral(to)}`],
  apply: ({ on, to }, schema) => withComment(on, to, schema),
};

function targetInWords(on: CommentTarget): string {
  if (on.kind === "type") return `type ${displayName(on.type)}`;
  return on.kind === "table" ? `table ${displayName(on.table)}` : `${on.kind} ${displayName(on.table)}.${on.name}`;
}

function targetInSql(on: CommentTarget, naming: Naming): string {
  switch (on.kind) {
    case "table":
      return `table ${naming(on.table)}`;
    case "column":
      return `column ${naming(on.table)}.${quoteIdentifier(on.name)}`;
    case "constraint":
      return `constraint ${quoteIdentifier(on.name)} on ${naming(on.table)}`;
    case "index":
      return `index ${naming({ schema: on.table.schema, name: on.name })}`;
    case "type":
      return `type ${naming(on.type)}`;
  }
}

function withComment(on: CommentTarget, comment: string | null, schema: Schema): Schema {
  switch (on.kind) {
    case "table":
      return changeTable(schema, on.table, (table) => ({ ...table, comment }));
    case "column":
      return changeTable(schema, on.table, (table) => changeColumn(table, on.name, (column) => ({ ...column, comment })));
    case "constraint":
      return changeTable(schema, on.table, (table) =>
        withConstraints(table, listConstraints(table).map((own) => (own.name === on.name ? { ...own, comment } : own))),
      );
    case "index":
      return changeTable(schema, on.table, (table) => ({
        ...table,
        indexes: table.indexes.map((index) => (index.name === on.name ? { ...index, comment } : index)),
      }));
    case "type":
      return {
        ...schema,
        enums: schema.enums.map((type) => (isSameName(type, on.type) ? { ...type, comment } : type)),
      };
  }
}
