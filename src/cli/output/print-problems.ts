import type { Problem } from "../../revision/problem.js";
import type { Style } from "../style.js";

/** Returns what is wrong with the revisions of a checkout, one a line. */
export function problemLines(problems: readonly Problem[], style: Style): readonly string[] {
  return problems.map(({ code, message }) => `${style.bad("problem")} ${style.dim(code)} ${style.line(message)}`);
}
