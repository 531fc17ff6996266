import type { Progress } from "../../runner/progress.js";
import type { Style } from "../style.js";

/** Returns milliseconds as a person reads them. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Returns the line that tells what has just happened; empty for what needs no line. */
export function printProgress(progress: Progress, style: Style): string {
  switch (progress.kind) {
    case "waiting":
      return style.dim(`waiting for ${progress.holder}, which is at work on this database`);
    case "started":
      return "";
    case "notice":
      return style.dim(progress.text);
    case "done": {
      const { step, message, index, total, durationMs } = progress;
      const arrow = step.direction === "up" ? style.good("↑") : style.warn("↓");
      const count = style.dim(`[${String(index + 1).padStart(String(total).length)}/${total}]`);
      return `${count} ${arrow} ${style.id(step.revision)} ${style.message(message)} ${style.dim(`(${duration(durationMs)})`)}`;
    }
  }
}
