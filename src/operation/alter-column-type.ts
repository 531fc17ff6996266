import { changeColumn, changeTable } from "../schema/change-schema.js";
import type { Column } from "../schema/column.js";
import type { Check } from "../schema/constraint.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { addConstraint, dropConstraint } from "./constraint-existence.js";
import type { OperationRules } from "./operation-rules.js";

/** A type with its collation, and how it is stored where not as usual, as {@link Column} has them. */
export interface ColumnType {
  readonly type: string;
  readonly collation: string | null;
  readonly storage?: Column["storage"];
  readonly compression?: Column["compression"];
}

/** Changes type and collation. Where PostgreSQL can't carry the default over by itself, the operations around it drop and set that. */
export interface AlterColumnType {
  readonly kind: "alter column type";
  readonly table: ObjectName;
  readonly column: string;
  readonly from: ColumnType;
  readonly to: ColumnType;
  /** SQL that makes the new value of the old, where an assignment doesn't; and the other way for the inverse. */
  readonly using: string | null;
  readonly usingBack: string | null;
  /**
   * Checks that are taken away before and put back after, as they are then: PostgreSQL prints otherwise what it reads anew, and the way back should
   * lead to the print that was there. And those of the inverse.
   */
  readonly checks: readonly Check[];
  readonly checksBack: readonly Check[];
}

export const alterColumnType: OperationRules<AlterColumnType> = {
  invert: ({ from, to, using, usingBack, checks, checksBack, ...operation }) => ({
    ...operation, from: to, to: from, using: usingBack, usingBack: using, checks: checksBack, checksBack: checks,
  }),
  describe: ({ table, column, from, to }) =>
    `alter column ${displayName(table)}.${column}: type ${inWords(from)} becomes ${inWords(to)}`,
  toSql: ({ table, column, to, using, checks }, naming) => {
    const alter = `alter table ${naming(table)} alter column ${quoteIdentifier(column)}`;
    const type = [`${alter} type ${to.type}`, ...(to.collation === null ? [] : [`collate ${to.collation}`]), ...(using === null ? [] : [`using ${using}`])];
    const constraints = checks.map((check) => ({ table, constraint: { type: "check" as const, ...check }, inTwoSteps: false }));
    return [
      ...constraints.flatMap((each) => dropConstraint.toSql({ kind: "drop constraint", ...each }, naming)),
      type.join(" "),
      // A new type brings its own storage along.
      ...(to.storage == null ? [] : [`${alter} set storage ${to.storage}`]),
      ...(to.compression == null ? [] : [`${alter} set compression ${to.compression}`]),
      ...constraints.flatMap((each) => addConstraint.toSql({ kind: "add constraint", ...each }, naming)),
    ];
  },
  apply: ({ table, column, to }, schema) =>
    changeTable(schema, table, (each) => changeColumn(each, column, (old) => ({ ...old, storage: null, compression: null, ...to }))),
};

function inWords({ type, collation }: ColumnType): string {
  return collation === null ? type : `${type} collate ${collation}`;
}
