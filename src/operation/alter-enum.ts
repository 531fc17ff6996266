import type { Column } from "../schema/column.js";
import type { IndexDefinition } from "../schema/index-definition.js";
import { quoteLiteral } from "../schema/literal.js";
import { displayName, isSameName, type ObjectName } from "../schema/object-name.js";
import type { Routine } from "../schema/routine.js";
import type { TableConstraint } from "../schema/table-constraint.js";
import type { EnumType } from "../schema/type.js";
import { recreateEnum } from "./recreate-enum.js";
import type { OperationRules } from "./operation-rules.js";

/** What stands in the way of changing the type of a column, and is dropped before and restored after; what is a parent's stands before its children's. */
export interface EnumDependents {
  /** The columns of the type, or arrays of it, but for those that partitions and children have from their parents; those computed from others stand in `generated`. */
  readonly columns: readonly { readonly table: ObjectName; readonly column: Column }[];
  /** The columns of the type that have a default, those of partitions and children too: each has its own. `only` where the table has such. */
  readonly defaults: readonly { readonly table: ObjectName; readonly column: Column; readonly only: boolean }[];
  readonly generated: readonly { readonly table: ObjectName; readonly column: Column }[];
  readonly constraints: readonly { readonly table: ObjectName; readonly constraint: TableConstraint }[];
  readonly indexes: readonly { readonly table: ObjectName; readonly index: IndexDefinition }[];
  /** The functions and procedures that take or return the type. */
  readonly routines: readonly Routine[];
}

/**
 * Adds values to an enum, with ALTER TYPE … ADD VALUE, whose first use can't be in the same transaction; or, where values go or move, makes
 * the type anew with all that depends on it, which fails where rows use a value that goes.
 */
export interface AlterEnum {
  readonly kind: "alter enum";
  /** As it is before. */
  readonly type: EnumType;
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly dependents: EnumDependents;
  /** Whether the type is made anew even if adding is enough, so that new values can be used at once; and the same for the inverse. */
  readonly anew: boolean;
  readonly anewBack: boolean;
}

export const alterEnum: OperationRules<AlterEnum> = {
  invert: ({ type, from, to, anew, anewBack, ...operation }) => ({
    ...operation, type: { ...type, values: to }, from: to, to: from, anew: anewBack, anewBack: anew,
  }),
  describe: ({ type, from, to }) => {
    const added = to.filter((value) => !from.includes(value)).map((value) => `add ${value}`);
    const removed = from.filter((value) => !to.includes(value)).map((value) => `remove ${value}`);
    return `alter enum ${displayName(type)}: ${[...added, ...removed].join(", ") || "reorder its values"}`;
  },
  toSql: ({ type, from, to, dependents, anew }, naming) =>
    onlyAdds(from, to) && !anew ? addValues(naming(type), from, to) : recreateEnum({ ...type, values: to }, dependents, naming),
  apply: ({ type, to }, schema) => ({
    ...schema,
    enums: schema.enums.map((each) => (isSameName(each, type) ? { ...each, values: to } : each)),
  }),
};

/** Whether ALTER TYPE … ADD VALUE does it. */
export function onlyAdds(from: readonly string[], to: readonly string[]): boolean {
  const kept = to.filter((value) => from.includes(value));
  return kept.length === from.length && kept.every((value, place) => value === from[place]);
}

function addValues(type: string, from: readonly string[], to: readonly string[]): readonly string[] {
  return to.flatMap((value, place) => {
    if (from.includes(value)) return [];
    const before = to[place - 1];
    const laterExists = to.slice(place + 1).some((later) => from.includes(later));
    const where =
      !laterExists ? "" : before === undefined ? ` before ${quoteLiteral(from[0] ?? "")}` : ` after ${quoteLiteral(before)}`;
    return [`alter type ${type} add value ${quoteLiteral(value)}${where}`];
  });
}

