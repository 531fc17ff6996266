import type { CurrentResult } from "../../workflow/current.js";
import type { Style } from "../style.js";

/** Returns the rows with their messages, one a line, and what did not end. */
export function printCurrent({ revisions, incomplete }: CurrentResult, style: Style): string {
  const lines = revisions.map(({ revision, message, isHead }) => {
    const mark = message === null ? style.warn(" (not in this checkout)") : isHead ? style.dim(" (head)") : "";
    return `${style.id(revision)}${mark}${message === null || message === "" ? "" : `  ${style.message(message)}`}`;
  });
  const begun = incomplete.map(({ revision, direction }) => `${style.warn("incomplete")} ${style.id(revision)} began going ${direction} and did not end`);
  return [...(lines.length === 0 ? ["Nothing is applied."] : lines), ...begun].join("\n");
}
