import type { PlanResult } from "../../workflow/plan-result.js";
import type { Style } from "../style.js";

function count(number: number): string {
  return number === 1 ? "1 revision" : `${number} revisions`;
}

function rowsText(rows: readonly string[], style: Style): string {
  return rows.length === 0 ? "base (nothing is applied)" : rows.map((id) => style.id(id)).join(" and ");
}

function summary(result: PlanResult): string {
  const ups = result.plan.filter(({ direction }) => direction === "up").length;
  const downs = result.plan.length - ups;
  const parts = [...(downs > 0 ? [`revert ${count(downs)}`] : []), ...(ups > 0 ? [`apply ${count(ups)}`] : [])];
  return parts.join(" and ");
}

/** Longer messages push their reason to the right. */
const MESSAGE_WIDTH = 48;

const PAST: Readonly<Record<string, string>> = { revert: "Reverted", apply: "applied" };

/** Returns the steps of a plan, one a line, with the reason of each. */
export function planLines(plan: PlanResult["plan"], style: Style): readonly string[] {
  const width = Math.max(0, ...plan.map(({ revision }) => revision.length));
  const messages = plan.map(({ message }) => style.message(message));
  const text = Math.min(MESSAGE_WIDTH, Math.max(0, ...messages.map(({ length }) => length)));
  return plan.map(({ revision, direction, reason }, index) => {
    const arrow = direction === "up" ? style.good("↑") : style.warn("↓");
    return `  ${arrow} ${style.id(revision.padEnd(width))}  ${text === 0 ? "" : `${(messages[index] ?? "").padEnd(text)}  `}${style.dim(reason)}`;
  });
}

/** Returns what a plan did, or, for a dry run, what it would do. */
export function printPlan(result: PlanResult, style: Style): string {
  if (result.plan.length === 0) return `Nothing to do: the database is at ${rowsText(result.rows, style)}.`;
  const what = summary(result);
  if (!result.executed) return [`Would ${what}:`, ...planLines(result.plan, style), `Then the database would be at ${rowsText(result.rows, style)}.`].join("\n");
  const done = what.replace(/revert|apply/g, (verb) => PAST[verb] ?? verb);
  return `${done.slice(0, 1).toUpperCase()}${done.slice(1)}; the database is at ${rowsText(result.rows, style)}.`;
}
