import { insertSorted } from "./change-schema.js";
import type { Check, Exclusion, ForeignKey, KeyConstraint } from "./constraint.js";
import type { Table } from "./table.js";

/** A constraint of any kind with its kind. */
export type TableConstraint =
  | ({ readonly type: "primary key" | "unique" } & KeyConstraint)
  | ({ readonly type: "foreign key" } & ForeignKey)
  | ({ readonly type: "check" } & Check)
  | ({ readonly type: "exclusion" } & Exclusion);

/** Every constraint of the table: keys, then checks and exclusions, foreign keys last. */
export function listConstraints(table: Table): readonly TableConstraint[] {
  return [
    ...(table.primaryKey === null ? [] : [{ type: "primary key" as const, ...table.primaryKey }]),
    ...table.uniques.map((unique) => ({ type: "unique" as const, ...unique })),
    ...table.checks.map((check) => ({ type: "check" as const, ...check })),
    ...table.exclusions.map((exclusion) => ({ type: "exclusion" as const, ...exclusion })),
    ...table.foreignKeys.map((foreignKey) => ({ type: "foreign key" as const, ...foreignKey })),
  ];
}

/** The columns of its own table that the constraint refers to. */
export function usedByConstraint(constraint: TableConstraint): readonly string[] {
  switch (constraint.type) {
    case "primary key":
    case "unique":
      return [...constraint.columns, ...constraint.include];
    case "foreign key":
      return constraint.columns;
    case "check":
    case "exclusion":
      return constraint.uses;
  }
}

/** The table with these constraints in place of its own. */
export function withConstraints(table: Table, constraints: readonly TableConstraint[]): Table {
  let changed: Table = { ...table, primaryKey: null, uniques: [], foreignKeys: [], checks: [], exclusions: [] };
  for (const each of constraints) {
    switch (each.type) {
      case "primary key": {
        const { type: _type, ...primaryKey } = each;
        changed = { ...changed, primaryKey };
        break;
      }
      case "unique": {
        const { type: _type, ...unique } = each;
        changed = { ...changed, uniques: insertSorted(changed.uniques, unique) };
        break;
      }
      case "foreign key": {
        const { type: _type, ...foreignKey } = each;
        changed = { ...changed, foreignKeys: insertSorted(changed.foreignKeys, foreignKey) };
        break;
      }
      case "check": {
        const { type: _type, ...check } = each;
        changed = { ...changed, checks: insertSorted(changed.checks, check) };
        break;
      }
      case "exclusion": {
        const { type: _type, ...exclusion } = each;
        changed = { ...changed, exclusions: insertSorted(changed.exclusions, exclusion) };
        break;
      }
    }
  }
  return changed;
}
