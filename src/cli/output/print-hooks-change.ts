import type { ChangedFile, ChangedSetting } from "../../workflow/change-hooks.js";
import type { HooksInstallResult } from "../../workflow/hooks-install.js";
import type { HooksUninstallResult } from "../../workflow/hooks-uninstall.js";
import type { Style } from "../style.js";

const DONE = { create: "created", change: "changed", remove: "removed" } as const;

interface Change {
  readonly changed: readonly ChangedFile[];
  readonly settings: readonly ChangedSetting[];
  readonly left: readonly string[];
  readonly executed: boolean;
}

function changeLines({ changed, settings, left, executed }: Change, style: Style): readonly string[] {
  const verb = (action: keyof typeof DONE): string => style.good(executed ? DONE[action] : `would ${action}`);
  return [
    ...changed.map(({ file, action }) => `${verb(action)} ${file}`),
    ...settings.map(({ key, value }) => `${style.good(executed ? "set" : "would set")} ${key} ${value === null ? style.dim("to nothing") : value}`),
    ...left.map((what) => `${style.warn("left")} ${what}`),
  ];
}

/** Returns what was installed, what the way means, and what is left to do. */
export function printHooksInstall(result: HooksInstallResult, style: Style): string {
  const { way, remarks, next, executed } = result;
  const lines = changeLines(result, style);
  const end = lines.length === 0 ? `Nothing to do: the hooks are installed (${way}).` : executed ? `The hooks are installed (${way}).` : `The hooks would be installed (${way}).`;
  return [...lines, ...remarks.map((remark) => `${style.warn("note")} ${remark}`), end, ...(next.length === 0 ? [] : [`Next: ${next.map((line) => style.bold(line)).join("\n")}`])].join("\n");
}

/** Returns what was taken out. */
export function printHooksUninstall(result: HooksUninstallResult, style: Style): string {
  const lines = changeLines(result, style);
  return lines.length === 0 ? "Nothing to do: no hook calls gmig here." : lines.join("\n");
}
