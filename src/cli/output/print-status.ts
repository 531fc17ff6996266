import type { StatusResult } from "../../workflow/status.js";
import type { Style } from "../style.js";
import { problemLines } from "./print-problems.js";

const SHOWN = 10;

function list(title: string, ids: readonly string[], verbose: boolean, style: Style): readonly string[] {
  if (ids.length === 0) return [];
  const shown = verbose ? ids : ids.slice(0, SHOWN);
  const more = ids.length > shown.length ? style.dim(` and ${ids.length - shown.length} more (-v lists them)`) : "";
  return [`${title.padEnd(14)}${shown.map((id) => style.id(id)).join(", ")}${more}`];
}

function gitLine({ git }: StatusResult, style: Style): readonly string[] {
  if (git === null) return [];
  const at = git.commit === null ? "no commit yet" : git.commit.slice(0, 10);
  const state = git.state === "clean" ? "" : style.warn(` (${git.state} in progress)`);
  return [`${"branch".padEnd(14)}${style.label(git.branch ?? "detached")} at ${at}${state}`];
}

/** Returns one screen about checkout and database, ending with the next command. */
export function printStatus(result: StatusResult, verbose: boolean, style: Style): string {
  const { database, unknown, incomplete } = result;
  const found = unknown.map(({ revision, foundIn, commit }) => (foundIn.length === 0 ? revision : `${revision} (${commit === undefined ? `on ${foundIn.join(", ")}` : `in commit ${commit}`})`));
  const lines = [
    ...gitLine(result, style),
    `${"database".padEnd(14)}${database.url} ${style.dim(`(${database.environment ?? "no mark, which counts as production"})`)}`,
    ...list(result.heads.length > 1 ? "heads" : "head", result.heads, verbose, style),
    `${"applied at".padEnd(14)}${result.rows.length === 0 ? "nothing" : result.rows.map((id) => style.id(id)).join(", ")}`,
    ...list("pending", result.pending, verbose, style),
    ...list("out of order", result.outOfOrder, verbose, style),
    ...list("unknown", found, verbose, style),
    ...list("edited", result.edited, verbose, style),
    ...list("reparented", result.reparented, verbose, style),
    ...list(
      "incomplete",
      incomplete.map(({ revision, direction }) => `${revision} (going ${direction})`),
      verbose,
      style,
    ),
    ...problemLines(result.problems, style),
    result.upToDate ? style.good("The database is as this checkout wants it.") : style.warn("The database is not as this checkout wants it."),
  ];
  return [...lines, ...(result.next === null ? [] : [`Next: ${style.bold(result.next)}`])].join("\n");
}
