import type { Check } from "./constraint.js";
import { faithfulExpression } from "./stable-expression.js";

/** The check's condition as it is to be written, so that PostgreSQL prints it as it does that which is there. */
export function checkText({ expression, print }: Pick<Check, "expression" | "print">): string {
  return print === undefined ? expression : faithfulExpression(print);
}

/** Whether PostgreSQL prints the check otherwise once it has read its own print, as it does when the type of a column changes. */
export function changesWhenRead(check: Pick<Check, "expression" | "print">): boolean {
  return check.print !== undefined && checkText(check) !== check.print;
}
