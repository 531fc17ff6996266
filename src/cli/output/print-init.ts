import type { InitResult } from "../../workflow/init.js";
import type { HooksInstallResult } from "../../workflow/hooks-install.js";
import type { Style } from "../style.js";
import { printHooksInstall } from "./print-hooks-change.js";

/** Returns what was written, what was left alone, and what to do next. */
export function printInit(result: InitResult, dryRun: boolean, hooks: HooksInstallResult | null, style: Style): string {
  const lines = [
    ...result.created.map((path) => `${style.good(dryRun ? "would create" : "created")} ${path}`),
    ...result.kept.map((path) => `${style.dim("left alone")} ${path}`),
    ...result.found.map((path) => `${style.dim("found")} ${path}, which names the database`),
    ...(result.models === null ? [] : [`${style.dim("found")} ${result.models}, for gmig revision --autogenerate`]),
    ...(hooks === null ? [] : [printHooksInstall(hooks, style)]),
    `Next: ${style.bold(result.models === null ? 'gmig revision -m "create users"' : 'gmig revision --autogenerate -m "create the tables"')}`,
  ];
  return lines.join("\n");
}
