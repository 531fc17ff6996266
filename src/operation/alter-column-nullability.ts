import { changeColumn, changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { fillStatements, type Fill } from "./fill.js";
import type { OperationRules } from "./operation-rules.js";

export interface AlterColumnNullability {
  readonly kind: "alter column nullability";
  readonly table: ObjectName;
  readonly column: string;
  readonly nullable: boolean;
  /** `null` when no row lacks a value. */
  readonly fill: Fill | null;
}

export const alterColumnNullability: OperationRules<AlterColumnNullability> = {
  invert: (operation) => ({ ...operation, nullable: !operation.nullable }),
  describe: ({ table, column, nullable }) =>
    `alter column ${displayName(table)}.${column}: ${nullable ? "takes null" : "not null"}`,
  toSql: ({ table, column, nullable, fill }, naming) => {
    const name = quoteIdentifier(column);
    return [
      ...(nullable || fill === null ? [] : fillStatements(naming(table), name, fill)),
      `alter table ${naming(table)} alter column ${name} ${nullable ? "drop" : "set"} not null`,
    ];
  },
  apply: ({ table, column, nullable }, schema) =>
    changeTable(schema, table, (each) => changeColumn(each, column, (old) => ({ ...old, nullable }))),
};
