import { join } from "node:path";
import { GmigError } from "../errors.js";
import { type HookFormat, hookState, type HookState } from "../project/hook-format.js";
import { HOOKS, type Hook } from "../project/hook-lines.js";
import type { HookManager, HookWay } from "../project/hook-managers.js";
import { callsGmig } from "../project/pre-commit-entries.js";
import { shellFormat } from "../project/shell-format.js";
import type { HooksPlace } from "./hooks-place.js";

/** A file from which Git, or a hook manager, comes to call gmig. */
export interface HookCarrier {
  readonly way: Exclude<HookWay, "config">;
  readonly path: string;
  /** The hooks that it can call gmig from. */
  readonly hooks: readonly Hook[];
  /** Null for a file that gmig does not edit. */
  readonly format: HookFormat | null;
  /** Whether it is a program. */
  readonly executable: boolean;
}

/** Returns how a carrier, whose text is given, stands to what this gmig would write into it. Lines that begin and do not end are none of this gmig's. */
export function carrierState({ way, format }: HookCarrier, text: string | null, hook: Hook): HookState {
  if (way === "pre-commit") return text !== null && callsGmig(text, hook) ? "current" : "missing";
  try {
    return format === null ? "missing" : hookState(format, text, hook);
  } catch (error) {
    if (error instanceof GmigError) return "outdated";
    throw error;
  }
}

async function formatOf({ way, path, editable }: HookManager): Promise<HookFormat | null> {
  if (!editable) return null;
  if (way === "lefthook") return (await import("../project/lefthook-format.js")).LEFTHOOK_FORMAT;
  const { simpleGitHooksFormat } = await import("../project/simple-git-hooks-format.js");
  return simpleGitHooksFormat({ inManifest: path.endsWith("package.json") });
}

async function managerCarriers(manager: HookManager): Promise<readonly HookCarrier[]> {
  const { way, path } = manager;
  if (way !== "husky") return [{ way, path, hooks: HOOKS, format: await formatOf(manager), executable: false }];
  const format = shellFormat({ shebang: false });
  return HOOKS.map((hook) => ({ way, path: join(path, hook), hooks: [hook], format, executable: false }));
}

function folderCarriers(folder: string): readonly HookCarrier[] {
  const format = shellFormat({ shebang: true });
  return HOOKS.map((hook) => ({ way: "plain", path: join(folder, hook), hooks: [hook], format, executable: true }));
}

/** Returns every file of a clone in which gmig's lines may stand; those of Git's own folder also where `core.hooksPath` names another. */
export async function listCarriers({ repository, folder, managers }: HooksPlace): Promise<readonly HookCarrier[]> {
  const managed = await Promise.all(managers.map(managerCarriers));
  const own = join(repository.commonDirectory, "hooks");
  return [...managed.flat(), ...folderCarriers(folder), ...(own === folder ? [] : folderCarriers(own))];
}
