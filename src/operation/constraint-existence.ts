import { changeTable } from "../schema/change-schema.js";
import { quoteIdentifier } from "../schema/identifier.js";
import { quoteLiteral } from "../schema/literal.js";
import { displayName, type ObjectName } from "../schema/object-name.js";
import { listConstraints, withConstraints, type TableConstraint } from "../schema/table-constraint.js";
import { constraintClause } from "./constraint-clause.js";
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

/** `unique constraint users_email_key on users (email)`. */
export function describeConstraint(table: ObjectName, constraint: TableConstraint): string {
  const on = `${constraint.name} on ${displayName(table)}`;
  switch (constraint.type) {
    case "primary key":
      return `primary key ${on} (${constraint.columns.join(", ")})`;
    case "unique":
      return `unique constraint ${on} (${constraint.columns.join(", ")})`;
    case "foreign key": {
      const { table: target, columns } = constraint.references;
      return `foreign key ${on} (${constraint.columns.join(", ")}) to ${displayName(target)} (${columns.join(", ")})`;
    }
    case "check":
      return `check ${on}: ${constraint.expression}`;
    case "exclusion":
      return `exclusion constraint ${on}`;
  }
}
