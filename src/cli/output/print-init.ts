import type { InitResult } from "../../workflow/init.js";
import type { Style } from "../style.js";

/** Returns what was written, what was left alone, and what to do next. */
export function printInit(result: InitResult, dryRun: boolean, style: Style): string {
  const lines = [
    ...result.created.map((path) => `${style.good(dryRun ? "would create" : "created")} ${path}`),
    ...result.kept.map((path) => `${style.dim("left alone")} ${path}`),
    ...result.found.map((path) => `${style.dim("found")} ${path}, which names the database`),
    `Next: ${style.bold('gmig revision -m "create users"')}`,
  ];
  return lines.join("\n");
}
