import { changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { listConstraints, withConstraints, type TableConstraint } from "../schema/table-constraint.js";
import { actionsClause, constraintClause, deferralClause, validityClause } from "./constraint-clause.js";
import { includeClause, joinClauses } from "./index-clause.js";
import type { OperationRules } from "./operation-rules.js";

export interface AddConstraint {
  readonly kind: "add constraint";
  readonly table: ObjectName;
  readonly constraint: TableConstraint;
  /** For a check or foreign key on rows that may break it: added NOT VALID first, then validated, so that rows can be mended in between. */
  readonly inTwoSteps: boolean;
}

export interface DropConstraint {
  readonly kind: "drop constraint";
  readonly table: ObjectName;
  readonly constraint: TableConstraint;
  /** Kept for the way back only. */
  readonly inTwoSteps: boolean;
}

export const addConstraint: OperationRules<AddConstraint> = {
  invert: (operation) => ({ ...operation, kind: "drop constraint" }),
  describe: ({ table, constraint }) => `add ${describeConstraint(table, constraint)}`,
  toSql: ({ table, constraint, inTwoSteps }, naming) => {
    const name = quoteIdentifier(constraint.name);
    return [
      `alter table ${naming(table)} add constraint ${name} ${constraintClause(constraint, naming, inTwoSteps)}`,
      ...(inTwoSteps ? [`alter table ${naming(table)} validate constraint ${name}`] : []),
      ...(constraint.comment === null
        ? []
        : [`comment on constraint ${name} on ${naming(table)} is ${quoteLiteral(constraint.comment)}`]),
    ];
  },
  apply: ({ table, constraint }, schema) =>
    changeTable(schema, table, (each) => withConstraints(each, [...listConstraints(each), constraint])),
};

export const dropConstraint: OperationRules<DropConstraint> = {
  invert: (operation) => ({ ...operation, kind: "add constraint" }),
  describe: ({ table, constraint }) => `drop ${describeConstraint(table, constraint)}`,
  toSql: ({ table, constraint }, naming) => [
    `alter table ${naming(table)} drop constraint ${quoteIdentifier(constraint.name)}`,
  ],
  apply: ({ table, constraint }, schema) =>
    changeTable(schema, table, (each) =>
      withConstraints(each, listConstraints(each).filter(({ name }) => name !== constraint.name)),
    ),
};

/** All that it says, so that one which takes another's place is told from it: `unique constraint users_email_key on users (email) deferrable`. */
export function describeConstraint(table: ObjectName, constraint: TableConstraint): string {
  const on = `${constraint.name} on ${displayName(table)}`;
  switch (constraint.type) {
    case "primary key":
    case "unique":
      return joinClauses(
        `${constraint.type === "unique" ? "unique constraint" : constraint.type} ${on} (${constraint.columns.join(", ")}${constraint.withoutOverlaps ? " without overlaps" : ""})`,
        constraint.nullsNotDistinct ? "nulls not distinct" : "",
        includeClause(constraint.include),
        deferralClause(constraint.deferral),
      );
    case "foreign key": {
      const { table: target, columns } = constraint.references;
      return joinClauses(
        `foreign key ${on} (${constraint.columns.join(", ")}) to ${displayName(target)} (${columns.join(", ")})`,
        actionsClause(constraint),
        deferralClause(constraint.deferral),
        validityClause(constraint),
      );
    }
    case "check":
      return joinClauses(`check ${on}: ${constraint.expression}`, constraint.noInherit ? "no inherit" : "", validityClause(constraint));
    case "exclusion":
      return `exclusion constraint ${on}: ${constraint.definition}`;
  }
}
