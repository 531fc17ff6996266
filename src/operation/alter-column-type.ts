import { changeColumn, changeTable } from "../schema/change-schema.js";
import type { Column } from "../schema/column.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
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
}

export const alterColumnType: OperationRules<AlterColumnType> = {
  invert: ({ from, to, using, usingBack, ...operation }) => ({
    ...operation, from: to, to: from, using: usingBack, usingBack: using,
  }),
  describe: ({ table, column, from, to }) =>
    `alter column ${displayName(table)}.${column}: type ${inWords(from)} becomes ${inWords(to)}`,
  toSql: ({ table, column, to, using }, naming) => {
    const alter = `alter table ${naming(table)} alter column ${quoteIdentifier(column)}`;
    const type = [`${alter} type ${to.type}`, ...(to.collation === null ? [] : [`collate ${to.collation}`]), ...(using === null ? [] : [`using ${using}`])];
    return [
      type.join(" "),
      // A new type brings its own storage along.
      ...(to.storage == null ? [] : [`${alter} set storage ${to.storage}`]),
      ...(to.compression == null ? [] : [`${alter} set compression ${to.compression}`]),
    ];
  },
  apply: ({ table, column, to }, schema) =>
    changeTable(schema, table, (each) => changeColumn(each, column, (old) => ({ ...old, storage: null, compression: null, ...to }))),
};

function inWords({ type, collation }: ColumnType): string {
  return collation === null ? type : `${type} collate ${collation}`;
}
