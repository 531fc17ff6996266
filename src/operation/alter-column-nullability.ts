import { changeColumn, changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import type { OperationRules } from "./operation-rules.js";

export interface AlterColumnNullability {
  readonly kind: "alter column nullability";
  readonly table: ObjectName;
  readonly column: string;
  readonly nullable: boolean;
  /** SQL for the value of the rows that have none, before NOT NULL is set; `null` when there are none. */
  readonly fill: string | null;
}

export const alterColumnNullability: OperationRules<AlterColumnNullability> = {
  invert: (operation) => ({ ...operation, nullable: !operation.nullable }),
  describe: ({ table, column, nullable }) =>
    `alter column ${displayName(table)}.${column}: ${nullable ? "takes null" : "not null"}`,
  toSql: ({ table, column, nullable, fill }, naming) => {
    const name = quoteIdentifier(column);
    return [
      ...(nullable || fill === null ? [] : [`update ${naming(table)} set ${name} = ${fill} where ${name} is null`]),
      `alter table ${naming(table)} alter column ${name} ${nullable ? "drop" : "set"} not null`,
    ];
  },
  apply: ({ table, column, nullable }, schema) =>
    changeTable(schema, table, (each) => changeColumn(each, column, (old) => ({ ...old, nullable }))),
};
