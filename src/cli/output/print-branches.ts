import type { BranchesResult } from "../../workflow/branches.js";
import type { HistoryEntry } from "../../workflow/history.js";
import type { Style } from "../style.js";
import { problemLines } from "./print-problems.js";

function line({ revision, branches, message }: HistoryEntry, style: Style): string {
  return `${style.id(revision)}${branches.length === 0 ? "" : ` (${branches.map((label) => style.label(label)).join(", ")})`}  ${style.message(message)}`.trimEnd();
}

/** Returns each fork with the revisions that follow it. */
export function printBranches({ branches, problems }: BranchesResult, style: Style): string {
  const forks = branches.map((point) => [line(point, style), ...point.children.map((child) => `  -> ${line(child, style)}`)].join("\n"));
  return [...(forks.length === 0 ? ["The graph forks nowhere."] : forks), ...problemLines(problems, style)].join("\n");
}
