import type { LogResult } from "../../workflow/log.js";
import type { Style } from "../style.js";
import { duration } from "./print-progress.js";

/** Returns the log, newest first, one entry a line. */
export function printLog({ log }: LogResult, style: Style): string {
  if (log.length === 0) return "Nothing was ever done here.";
  return log
    .map(({ at, action, revision, outcome, message, by, branch, durationMs }) => {
      const failed = outcome === "failed" ? style.bad(" failed") : "";
      const from = branch === null ? "" : ` on ${branch}`;
      const took = action === "up" || action === "down" ? `  ${duration(durationMs)}` : "";
      const first = style.message((message ?? "").split("\n", 1)[0] ?? "");
      return `${style.dim(at.slice(0, 19).replace("T", " "))}  ${action.padEnd(7)} ${style.id(revision ?? "")}${failed}  ${style.dim(`${by}${from}${took}`)}${first === "" ? "" : `  ${first}`}`;
    })
    .join("\n");
}
