import { changeTable } from "../schema/change-schema.js";
import type { Column } from "../schema/column.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { columnClause } from "./column-clause.js";
import { afterColumn } from "./column-statements.js";
import type { OperationRules } from "./operation-rules.js";

/**
 * Changes what a column is computed from. A stored expression can be dropped and its values kept; every other change drops the column and adds
 * it anew at the end of the table, and indexes and constraints that refer to it must have gone before.
 */
export interface AlterColumnGenerated {
  readonly kind: "alter column generated";
  readonly table: ObjectName;
  readonly from: Column;
  readonly to: Column;
}

export const alterColumnGenerated: OperationRules<AlterColumnGenerated> = {
  invert: (operation) => ({ ...operation, from: operation.to, to: operation.from }),
  describe: ({ table, from, to }) =>
    `alter column ${displayName(table)}.${from.name}: ${inWords(from)} becomes ${inWords(to)}`,
  toSql: ({ table, from, to }, naming) => {
    const name = quoteIdentifier(to.name);
    if (keepsValues(from, to)) return [`alter table ${naming(table)} alter column ${name} drop expression`];
    return [
      `alter table ${naming(table)} drop column ${name}`,
      `alter table ${naming(table)} add column ${name} ${columnClause(table, to, naming)}`,
      ...afterColumn(table, to, naming),
    ];
  },
  apply: ({ table, from, to }, schema) =>
    changeTable(schema, table, (each) => ({
      ...each,
      columns: keepsValues(from, to)
        ? each.columns.map((column) => (column.name === to.name ? to : column))
        : [...each.columns.filter((column) => column.name !== to.name), to],
    })),
};

/** Whether the column stays and only stops being computed. */
export function keepsValues(from: Column, to: Column): boolean {
  return to.generated === null && from.generated?.kind === "stored";
}

function inWords({ generated }: Column): string {
  return generated === null ? "an ordinary column" : `generated as ${generated.expression} ${generated.kind}`;
}
