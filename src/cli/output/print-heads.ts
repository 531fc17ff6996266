import type { HeadsResult } from "../../workflow/heads.js";
import type { Style } from "../style.js";
import { problemLines } from "./print-problems.js";

/** Returns the heads, one a line, and the command that joins several. */
export function printHeads({ heads, problems }: HeadsResult, verbose: boolean, style: Style): string {
  const lines = heads.map(({ revision, labels, message, file, effective }) => {
    const marks = [...labels.map((label) => style.label(label)), ...(effective ? [style.dim("effective")] : [])];
    return `${style.id(revision)}${marks.length === 0 ? "" : ` (${marks.join(", ")})`}  ${style.message(message)}${verbose ? style.dim(`  ${style.line(file)}`) : ""}`.trimEnd();
  });
  const real = heads.filter(({ effective }) => !effective);
  return [...(lines.length === 0 ? ["There are no revisions yet."] : lines), ...problemLines(problems, style), ...(real.length > 1 ? [`Next: ${style.bold("gmig merge heads")}`] : [])].join("\n");
}
