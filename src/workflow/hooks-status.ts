import { join } from "node:path";
import type { Config } from "../config/config.js";
import { GmigError } from "../errors.js";
import { pathIn } from "../git/path-in.js";
import type { HookState } from "../project/hook-format.js";
import { readBytes } from "../project/file-edit.js";
import { HOOKS, type Hook, hookCommand } from "../project/hook-lines.js";
import type { HookWay } from "../project/hook-managers.js";
import { hasBlock } from "../project/marked-block.js";
import { readShim } from "../project/shim.js";
import { editCarrier, isExecutable, shownPath } from "./change-hooks.js";
import { carrierState, type HookCarrier, listCarriers } from "./hook-carriers.js";
import { remarksOn } from "./hook-way.js";
import { findHooksPlace, hasConfigHooks, type HookedProject, hookedProjects, type HooksPlace, type HooksSurroundings, settingOf } from "./hooks-place.js";

/** How Git comes to call gmig from one hook. */
export interface InstalledHook {
  readonly hook: Hook;
  /** Null where it is not installed. */
  readonly way: HookWay | null;
  /** From the worktree's top, or absolute; null for git's configuration, and where it is not installed. */
  readonly file: string | null;
  readonly state: HookState;
  /** Whether Git would come to run it. */
  readonly runs: boolean;
  /** Why not. */
  readonly why: string | null;
}

export interface HooksStatusResult {
  /** The clone's copy of the shim, which all of them call. */
  readonly shim: { readonly file: string; readonly state: HookState };
  readonly hooks: readonly InstalledHook[];
  readonly projects: readonly HookedProject[];
  readonly sync: string;
  readonly merge: string;
  readonly push: string;
  /** What in this environment keeps all hooks from doing anything; null for nothing. */
  readonly disabledBy: string | null;
  readonly remarks: readonly string[];
  readonly next: string | null;
}

function disabledBy(env: HooksSurroundings["env"]): string | null {
  if ((env["CI"] ?? "") !== "") return "CI";
  return ["GMIG_HOOKS", "HUSKY"].find((name) => env[name] === "0") ?? null;
}

/** Why Git would not come to a carrier. */
function carrierProblem(place: HooksPlace, { way, path }: HookCarrier, hook: Hook): string | null {
  const called = join(place.folder, hook);
  const text = readBytes(called);
  if (way === "plain") {
    if (path !== called) return `core.hooksPath is ${place.hooksPath?.value ?? place.folder}`;
    return isExecutable(path) ? null : "the file is not executable";
  }
  if (text === null || !isExecutable(called)) return `${way} has not written ${shownPath(place, called)}`;
  if (way === "simple-git-hooks") return hasBlock(text, hook) ? null : `${shownPath(place, called)} is older than its configuration: npx simple-git-hooks`;
  const name = way === "husky" ? "/h" : way;
  return text.includes(name) ? null : `${shownPath(place, called)} is not that of ${way}`;
}

function configHook(place: HooksPlace, hook: Hook): InstalledHook | null {
  const event = settingOf(place, `hook.gmig-${hook}.event`);
  const command = settingOf(place, `hook.gmig-${hook}.command`);
  if (event !== hook || command === null) return null;
  const isOff = /^(false|no|off|0)$/i.test(settingOf(place, `hook.gmig-${hook}.enabled`) ?? "");
  const why = !hasConfigHooks(place) ? `git ${place.version.join(".")} does not read hooks from its configuration` : isOff ? `hook.gmig-${hook}.enabled is off` : null;
  return { hook, way: "config", file: null, state: command === hookCommand(hook) ? "current" : "outdated", runs: why === null, why };
}

function installedHook(place: HooksPlace, carriers: readonly HookCarrier[], hook: Hook, isShimMissing: boolean): InstalledHook {
  const found = carriers.flatMap((carrier): InstalledHook[] => {
    const text = carrier.hooks.includes(hook) ? readBytes(carrier.path) : null;
    const state = carrierState(carrier, text, hook);
    if (state === "missing") return [];
    const why = carrierProblem(place, carrier, hook);
    return [{ hook, way: carrier.way, file: shownPath(place, carrier.path), state, runs: why === null, why }];
  });
  const byConfig = configHook(place, hook);
  const all = byConfig === null ? found : [byConfig, ...found];
  const best = all.find(({ runs }) => runs) ?? all[0] ?? { hook, way: null, file: null, state: "missing", runs: false, why: null };
  return isShimMissing && best.way !== null ? { ...best, runs: false, why: "the shim is missing" } : best;
}

function shimState({ shim }: HooksPlace): HookState {
  const text = isExecutable(shim) ? readBytes(shim) : null;
  return text === null ? "missing" : text === readShim() ? "current" : "outdated";
}

/** What keeps gmig from editing its lines in these files. */
function damageIn(place: HooksPlace, carriers: readonly HookCarrier[]): readonly GmigError[] {
  return carriers.flatMap((carrier) => {
    try {
      editCarrier(place, carrier, new Set());
      return [];
    } catch (error) {
      if (error instanceof GmigError) return [error];
      throw error;
    }
  });
}

/** Whether the clone's configuration names the folders that the project's own names now; true where that can't be read. */
function namesProject(place: HooksPlace, configs: readonly Config[] | null): boolean {
  const [first] = configs ?? [];
  if (configs === null || first === undefined) return true;
  const folders = new Set(configs.flatMap(({ migrations }) => migrations).map((folder) => pathIn(place.repository, folder) || "."));
  const hooked = hookedProjects(place).find(({ project }) => project === (pathIn(place.repository, first.root) || "."));
  return hooked !== undefined && hooked.folders.length === folders.size && hooked.folders.every((folder) => folders.has(folder));
}

/**
 * Returns which hooks call gmig here, by which way, whether as this gmig would have it, and whether they would run.
 *
 * `configs` are those of the project, or null where they can't be loaded.
 *
 * @throws GmigError NOT_A_REPOSITORY, GIT_FAILED.
 */
export async function hooksStatus(configs: readonly Config[] | null, surroundings: HooksSurroundings): Promise<HooksStatusResult> {
  const place = await findHooksPlace(surroundings);
  const carriers = await listCarriers(place);
  const damage = damageIn(place, carriers);
  const shim = shimState(place);
  const hooks = HOOKS.map((hook) => installedHook(place, carriers, hook, shim === "missing"));
  const ways = new Set(hooks.flatMap(({ way }) => way ?? []));
  const isInstalled = ways.size > 0;
  const isNamed = namesProject(place, configs);
  const isCurrent = shim === "current" && isNamed && hooks.every(({ state }) => state === "current");
  return {
    shim: { file: shownPath(place, place.shim), state: shim },
    hooks,
    projects: hookedProjects(place),
    sync: settingOf(place, "gmig.sync") ?? "report",
    merge: settingOf(place, "gmig.merge") ?? "write",
    push: settingOf(place, "gmig.push") ?? "off",
    disabledBy: disabledBy(surroundings.env),
    remarks: [...damage.map(({ message }) => message), ...[...ways].flatMap((way) => remarksOn(way, place)), ...(isInstalled && !isNamed ? ["This clone's configuration does not name the revisions folders of this project"] : [])],
    next: isCurrent ? null : (damage[0]?.hint ?? "gmig hooks install"),
  };
}
