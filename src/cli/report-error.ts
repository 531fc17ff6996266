import { type GmigError, shellWord } from "../errors.js";
import type { CliContext } from "./context.js";
import { errorJson, errorText } from "./output/print-error.js";
import { visible } from "./output/visible.js";
import { styleFor } from "./style.js";

/** Options that may stand more than once, so that one more takes nothing away. */
const REPEATED = new Set(["--rename", "--new", "--value"]);

/** A hint that is an option, as the command to paste; with `--database` the command holds a password, and is not repeated. */
function asCommand(hint: string | undefined, args: readonly string[]): string | undefined {
  if (hint?.startsWith("--") !== true || args.some((arg) => arg.startsWith("--database"))) return hint;
  const [option = hint] = hint.split(" ");
  const kept = REPEATED.has(option) ? args : args.filter((arg, index) => arg !== option && args[index - 1] !== option && !arg.startsWith(`${option}=`));
  return ["gmig", ...kept.map(shellWord), hint].join(" ");
}

/** Prints an error, as JSON on stdout where that was asked for, else on stderr; returns the exit status. */
export function reportError(error: GmigError, args: readonly string[], context: Pick<CliContext, "stdout" | "stderr" | "colours">): number {
  if (args.includes("--json")) context.stdout.write(`${errorJson(error)}\n`);
  else {
    const isStyled = context.colours.stderr && !args.includes("--no-color");
    context.stderr.write(`${visible(errorText(error, asCommand(error.hint, args), styleFor(isStyled)), isStyled)}\n`);
  }
  return error.exitStatus;
}
