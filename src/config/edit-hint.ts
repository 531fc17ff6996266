import { relative } from "node:path";
import { command } from "../errors.js";
import type { Surroundings } from "./config.js";

/** What to do about a configuration in which something is wrong: nothing but its own text says more. */
export function editHint(file: string, { cwd }: Pick<Surroundings, "cwd">): string {
  return command`edit ${relative(cwd, file)}`;
}
