import type { HooksStatusResult, InstalledHook } from "../../workflow/hooks-status.js";
import type { Style } from "../style.js";

function hookLine({ hook, way, file, state, runs, why }: InstalledHook, style: Style): string {
  const name = hook.padEnd(16);
  if (way === null) return `${name}${style.warn("not installed")}`;
  const mood = state === "current" ? "" : `, ${style.warn(state)}`;
  return `${name}${runs ? style.good("runs") : style.bad("does not run")}  ${file ?? "git's configuration"} ${style.dim(`(${way})`)}${mood}${why === null ? "" : `: ${why}`}`;
}

/** Returns one screen about this clone's hooks. */
export function printHooksStatus(result: HooksStatusResult, style: Style): string {
  const { shim, hooks, projects, sync, merge, push, disabledBy, remarks, next } = result;
  return [
    ...hooks.map((hook) => hookLine(hook, style)),
    `${"shim".padEnd(16)}${shim.file} ${style.dim(`(${shim.state})`)}`,
    ...projects.map(({ project, folders }) => `${"project".padEnd(16)}${project}: ${folders.join(", ")}`),
    `${"settings".padEnd(16)}gmig.sync ${sync}, gmig.merge ${merge}, gmig.push ${push}`,
    ...(disabledBy === null ? [] : [style.warn(`${disabledBy} is set in this environment: no hook does anything here.`)]),
    ...remarks.map((remark) => `${style.warn("note")} ${remark}`),
    ...(next === null ? [] : [`Next: ${style.bold(next)}`]),
  ].join("\n");
}
