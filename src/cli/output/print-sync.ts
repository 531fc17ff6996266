import type { SyncResult } from "../../workflow/sync.js";
import type { Style } from "../style.js";
import { printPlan } from "./print-plan.js";

/** Returns what a sync did or would do, and what it leaves to others. */
export function printSync(result: SyncResult, style: Style): string {
  const { reparented, left, executed } = result;
  const isEmpty = result.plan.length === 0 && reparented.length === 0;
  const lines = [
    ...(result.plan.length > 0 || isEmpty ? [printPlan(result, style)] : []),
    ...(reparented.length > 0 ? [`${executed ? "Updated" : "Would update"} the parents of ${reparented.map((id) => style.id(id)).join(", ")} in the ledger.`] : []),
    ...(left.length > 0 ? [style.warn(`Left alone, since another clone or worktree applied it: ${left.join(", ")}`), `To revert that too: ${style.bold("gmig sync --foreign")}`] : []),
    ...(executed && result.plan.some(({ direction }) => direction === "down") ? [style.dim("What DELETE, UPDATE and TRUNCATE in a down took away was not looked for.")] : []),
  ];
  return lines.join("\n");
}
