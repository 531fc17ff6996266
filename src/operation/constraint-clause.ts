import type { Deferral } from "../schema/constraint.js";
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
      const { columns, references, match, onUpdate, onDelete, onDeleteColumns, period } = constraint;
      const list = (names: readonly string[]): string =>
        names.map((name, place) => (period && place === names.length - 1 ? "period " : "") + quoteIdentifier(name)).join(", ");
      const deleted = onDeleteColumns.length === 0 ? onDelete : `${onDelete} (${quoteIdentifiers(onDeleteColumns)})`;
      return joinClauses(
        `foreign key (${list(columns)}) references ${naming(references.table)} (${list(references.columns)})`,
        match === "simple" ? "" : `match ${match}`,
        onUpdate === "no action" ? "" : `on update ${onUpdate}`,
        onDelete === "no action" ? "" : `on delete ${deleted}`,
        deferralClause(constraint.deferral),
        constraint.enforced ? "" : "not enforced",
        constraint.enforced && (notValid || !constraint.validated) ? "not valid" : "",
      );
    }
    case "check":
      return joinClauses(
        `check ${inParentheses(checkText(constraint))}`,
        constraint.noInherit ? "no inherit" : "",
        constraint.enforced ? "" : "not enforced",
        constraint.enforced && (notValid || !constraint.validated) ? "not valid" : "",
      );
    case "exclusion":
      return constraint.definition;
  }
}

function deferralClause(deferral: Deferral): string {
  if (deferral === "not deferrable") return "";
  return deferral === "initially immediate" ? "deferrable" : "deferrable initially deferred";
}
