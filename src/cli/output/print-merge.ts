import type { MergeResult } from "../../workflow/merge.js";
import type { Style } from "../style.js";
import { duration } from "./print-progress.js";

function verdictLine({ verdict, unchecked, durationMs }: MergeResult, style: Style): string {
  if (verdict === "unchecked") return style.warn(`Not checked: ${unchecked ?? ""}.`);
  const took = style.dim(`(tried in ${duration(durationMs)})`);
  return verdict === "commutes" ? `${style.good("They commute")}: both orders give one schema. ${took}` : `${style.bad("They conflict")}: the order matters. ${took}`;
}

/** Returns the verdict with its reasons, and the file that was written. */
export function printMerge(result: MergeResult, style: Style): string {
  const { revision, parents, file, created, conflicts, columnOrder, hint } = result;
  if (revision === null) return [`There is nothing to merge.`, ...(hint === null ? [] : [`Next: ${style.bold(hint)}`])].join("\n");
  return [
    verdictLine(result, style),
    ...conflicts.map(({ message, revisions }) => `  ${message}${revisions.length === 0 ? "" : style.dim(` (${revisions.join(", ")})`)}`),
    ...(columnOrder.length === 0 ? [] : [style.dim(`The order of columns differs, which is harmless: ${columnOrder.join(", ")}`)]),
    ...(created ? [`Wrote ${style.bold(style.line(file ?? ""))}, which joins ${parents.map((id) => style.id(id)).join(" and ")}.`] : []),
  ].join("\n");
}
