import type { RevisionResult } from "../../workflow/revision.js";
import type { Style } from "../style.js";

/** Returns the path of the new file; for a dry run, also its text. */
export function printRevision({ file, text, executed, parents }: RevisionResult, style: Style): string {
  const on = parents.length === 0 ? "a new base" : `on ${parents.map((id) => style.id(id)).join(" and ")}`;
  return executed ? `Wrote ${style.bold(style.line(file))}, ${on}.` : `Would write ${style.bold(style.line(file))}, ${on}:\n\n${text}`;
}
