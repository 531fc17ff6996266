import type { GmigError } from "../errors.js";
import type { CliContext } from "./context.js";
import { errorJson, errorText } from "./output/print-error.js";
import { styleFor } from "./style.js";

/** Prints an error, as JSON on stdout where that was asked for, else on stderr; returns the exit status. */
export function reportError(error: GmigError, args: readonly string[], context: Pick<CliContext, "stdout" | "stderr" | "colours">): number {
  if (args.includes("--json")) context.stdout.write(`${errorJson(error)}\n`);
  else context.stderr.write(`${errorText(error, styleFor(context.colours.stderr && !args.includes("--no-color")))}\n`);
  return error.exitStatus;
}
