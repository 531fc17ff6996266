import type { CheckResult } from "../../workflow/check.js";
import type { Style } from "../style.js";

/** Returns what a check found, each with the command that mends it. */
export function printCheck({ ok, findings }: CheckResult, style: Style): string {
  if (ok) return style.good("All is well.");
  return findings.map(({ code, message, hint }) => `${style.bad("found")} ${style.dim(code)} ${message}${hint === undefined ? "" : `\n${style.dim("hint:")} ${style.bold(hint)}`}`).join("\n");
}
