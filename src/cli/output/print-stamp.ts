import type { StampResult } from "../../workflow/stamp.js";
import type { Style } from "../style.js";

/** Returns what counts as applied now, and what no longer does. */
export function printStamp({ rows, add, remove, executed }: StampResult, style: Style): string {
  const at = rows.length === 0 ? "base (nothing is applied)" : rows.map((id) => style.id(id)).join(" and ");
  const lines = [...remove.map((id) => `  ${style.warn("-")} ${style.id(id)}`), ...add.map((id) => `  ${style.good("+")} ${style.id(id)}`)];
  const end = executed ? `The database is stamped as ${at}.` : `The database would be stamped as ${at}.`;
  return lines.length === 0 ? `Nothing to do: the database is at ${at}.` : [...lines, end].join("\n");
}
