import type { CurrentResult } from "../../workflow/current.js";
import type { Style } from "../style.js";

/** Returns the rows with their messages, one a line. */
export function printCurrent({ revisions }: CurrentResult, style: Style): string {
  if (revisions.length === 0) return "Nothing is applied.";
  return revisions
    .map(({ revision, message, isHead }) => {
      const mark = message === null ? style.warn(" (not in this checkout)") : isHead ? style.dim(" (head)") : "";
      return `${style.id(revision)}${mark}${message === null || message === "" ? "" : `  ${style.message(message)}`}`;
    })
    .join("\n");
}
