import type { Deferral, ForeignKey } from "../schema/constraint.js";
import { inParentheses } from "../schema/expression.js";
import { quoteIdentifier, quoteIdentifiers } from "../schema/identifier.js";
import { checkText } from "../schema/check-text.js";
import type { TableConstraint } from "../schema/table-constraint.js";
import { includeClause, joinClauses, optionsClause } from "./index-clause.js";
import type { Naming } from "./naming.js";

/** What follows `constraint name`. `notValid` leaves the rows that are there unchecked. */
export function constraintClause(constraint: TableConstraint, naming: Naming, notValid = false): string {
  switch (constraint.type) {
    case "primary key":
    case "unique": {
      const columns = quoteIdentifiers(constraint.columns) + (constraint.withoutOverlaps ? " without overlaps" : "");
      return joinClauses(
        constraint.type,
        constraint.nullsNotDistinct ? "nulls not distinct" : "",
        `(${columns})`,
        includeClause(constraint.include),
        optionsClause(constraint.options),
        constraint.tablespace === null ? "" : `using index tablespace ${quoteIdentifier(constraint.tablespace)}`,
        deferralClause(constraint.deferral),
      );
    }
    case "foreign key": {
      const { columns, references, period } = constraint;
      const list = (names: readonly string[]): string =>
        names.map((name, place) => (period && place === names.length - 1 ? "period " : "") + quoteIdentifier(name)).join(", ");
      return joinClauses(
        `foreign key (${list(columns)}) references ${naming(references.table)} (${list(references.columns)})`,
        actionsClause(constraint),
        deferralClause(constraint.deferral),
        validityClause(constraint, notValid),
      );
    }
    case "check":
      return joinClauses(`check ${inParentheses(checkText(constraint))}`, constraint.noInherit ? "no inherit" : "", validityClause(constraint, notValid));
    case "exclusion":
      return constraint.definition;
  }
}

/** How a foreign key matches, and what becomes of its rows; empty where that is as usual. */
export function actionsClause({ match, onUpdate, onDelete, onDeleteColumns }: ForeignKey): string {
  const deleted = onDeleteColumns.length === 0 ? onDelete : `${onDelete} (${quoteIdentifiers(onDeleteColumns)})`;
  return joinClauses(
    match === "simple" ? "" : `match ${match}`,
    onUpdate === "no action" ? "" : `on update ${onUpdate}`,
    onDelete === "no action" ? "" : `on delete ${deleted}`,
  );
}

/** Whether rows are held to it, those that are there too; empty where they are. */
export function validityClause({ enforced, validated }: Pick<ForeignKey, "enforced" | "validated">, notValid = false): string {
  if (!enforced) return "not enforced";
  return notValid || !validated ? "not valid" : "";
}

/** When it is looked at; empty where that is at once. */
export function deferralClause(deferral: Deferral): string {
  if (deferral === "not deferrable") return "";
  return deferral === "initially immediate" ? "deferrable" : "deferrable initially deferred";
}
