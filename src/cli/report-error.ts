import type { GmigError } from "../errors.js";
import type { CliContext } from "./context.js";
import { errorJson, errorText } from "./output/print-error.js";
import { visible } from "./output/visible.js";
import { styleFor } from "./style.js";

/** Prints an error, as JSON on stdout where that was asked for, else on stderr; returns the exit status. */
export function reportError(error: GmigError, args: readonly string[], context: Pick<CliContext, "stdout" | "stderr" | "colours">): number {
  if (args.includes("--json")) context.stdout.write(`${errorJson(error)}\n`);
  else {
    const isStyled = context.colours.stderr && !args.includes("--no-color");
    context.stderr.write(`${visible(errorText(error, styleFor(isStyled)), isStyled)}\n`);
  }
  return error.exitStatus;
}
