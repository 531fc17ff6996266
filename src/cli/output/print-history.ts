import type { HistoryEntry, HistoryResult } from "../../workflow/history.js";
import type { Style } from "../style.js";
import { drawLanes } from "./draw-lanes.js";
import { problemLines } from "./print-problems.js";

export interface HistoryStyle {
  readonly graph: boolean;
  readonly verbose: boolean;
}

function marksOf(entry: HistoryEntry, heads: ReadonlySet<string>, rows: ReadonlySet<string>, style: Style): string {
  const marks = [
    ...(rows.has(entry.revision) ? [style.good("current")] : []),
    ...(heads.has(entry.revision) ? [style.bold("head")] : []),
    ...entry.labels.map((label) => style.label(label)),
    ...(entry.parents.length === 0 ? [style.dim("base")] : []),
    ...(entry.parents.length > 1 ? [style.dim("merge")] : []),
    ...(entry.dependsOn.length > 0 ? [style.dim(`needs ${entry.dependsOn.join(", ")}`)] : []),
  ];
  return marks.length === 0 ? "" : ` (${marks.join(", ")})`;
}

function line(entry: HistoryEntry, marks: string, verbose: boolean, style: Style): string {
  const date = entry.created.slice(0, 10);
  const from = verbose ? style.dim(`  ${entry.parents.length === 0 ? "base" : entry.parents.join(", ")} -> ${entry.revision}, ${style.line(entry.file)}`) : "";
  return `${style.id(entry.revision)}${date === "" ? "" : `  ${style.dim(date)}`}  ${style.message(entry.message)}${marks}${from}`;
}

/** Returns the revisions, newest first, one a line; with `graph`, beside the lanes that join them. */
export function printHistory({ revisions, rows, problems }: HistoryResult, { graph, verbose }: HistoryStyle, style: Style): string {
  if (revisions.length === 0 && problems.length === 0) return "There are no revisions yet.";
  const followed = new Set(revisions.flatMap(({ parents }) => parents));
  const heads = new Set(revisions.map(({ revision }) => revision).filter((id) => !followed.has(id)));
  const current = new Set(rows ?? []);
  const text = new Map(revisions.map((entry) => [entry.revision, line(entry, marksOf(entry, heads, current, style), verbose, style)]));
  const lines = graph ? drawLanes(revisions).map(({ lanes, revision }) => `${style.dim(lanes)} ${revision === null ? "" : (text.get(revision) ?? "")}`.trimEnd()) : [...text.values()];
  return [...lines, ...problemLines(problems, style)].join("\n");
}
