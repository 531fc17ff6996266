import type { DeclaredExclusion } from "../../schema/declared-schema.js";
import { columnsInName } from "../../schema/default-name.js";
import { quoteIdentifier } from "../../schema/identifier.js";

/** The constraint from `exclude` on, as people wrote it; a key that is no column's name is an expression. */
export function exclusionClause(exclusion: DeclaredExclusion, columns: readonly string[]): string {
  const { method, elements, where, deferral } = exclusion;
  const parts = elements.map(([key, operator]) => `${columns.includes(key) ? quoteIdentifier(key) : `(${key})`} with ${operator}`);
  return [
    `exclude using ${method} (${parts.join(", ")})`,
    where === undefined ? "" : `where (${where})`,
    { "not deferrable": "", "initially immediate": "deferrable", "initially deferred": "deferrable initially deferred" }[deferral],
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** Its keys as they stand in its name. */
export function exclusionInName({ elements }: DeclaredExclusion, columns: readonly string[]): string {
  return columnsInName(elements.map(([key]) => (columns.includes(key) ? key : "expr")));
}
