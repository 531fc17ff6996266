import type { InitResult } from "../../workflow/init.js";
import type { HooksInstallResult } from "../../workflow/hooks-install.js";
import type { Style } from "../style.js";
import { printHooksInstall } from "./print-hooks-change.js";

/** Where a knexfile and models are found, the database is likely to have its tables. */
function nextCommand({ models, found }: InitResult): string {
  if (models === null) return 'gmig revision -m "create users"';
  return found.length > 0 ? "gmig check --models" : 'gmig revision --autogenerate -m "create the tables"';
}

/** Returns what was written, what was left alone, and what to do next. */
export function printInit(result: InitResult, dryRun: boolean, hooks: HooksInstallResult | null, style: Style): string {
  const lines = [
    ...result.created.map((path) => `${style.good(dryRun ? "would create" : "created")} ${path}`),
    ...result.kept.map((path) => `${style.dim("left alone")} ${path}`),
    ...result.found.map((path) => `${style.dim("found")} ${path}, which names the database`),
    ...(result.models === null ? [] : [`${style.dim("found")} ${result.models}, for gmig revision --autogenerate`]),
    ...(hooks === null ? [] : [printHooksInstall(hooks, style)]),
    `Next: ${style.bold(nextCommand(result))}`,
  ];
  return lines.join("\n");
}
