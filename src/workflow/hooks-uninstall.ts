import { readBytes } from "../project/file-edit.js";
import { HOOKS } from "../project/hook-lines.js";
import { applyHooksPlan, type ChangedFile, type ChangedSetting, editCarrier, type HooksPlan, shownPath, toldPlan } from "./change-hooks.js";
import { carrierState, listCarriers } from "./hook-carriers.js";
import { findHooksPlace, type HooksPlace, type HooksSurroundings } from "./hooks-place.js";

export interface HooksUninstallResult {
  readonly changed: readonly ChangedFile[];
  readonly settings: readonly ChangedSetting[];
  /** What is to be taken out by hand. */
  readonly left: readonly string[];
  readonly executed: boolean;
}

async function planUninstall(place: HooksPlace): Promise<HooksPlan> {
  const carriers = await listCarriers(place);
  const edited = carriers.map((carrier) => editCarrier(place, carrier, new Set()));
  const text = readBytes(place.shim);
  const others = carriers.filter((carrier) => carrier.format === null && carrier.hooks.some((hook) => carrierState(carrier, readBytes(carrier.path), hook) !== "missing"));
  const isOurs = (key: string): boolean => /^gmig\.(project|folder|sync|merge|push)$/.test(key) || HOOKS.some((hook) => key.startsWith(`hook.gmig-${hook}.`));
  return {
    edits: [...edited.flatMap(({ edits }) => edits), ...(text === null ? [] : [{ path: place.shim, before: text, after: null, executable: true }])],
    unset: [...new Set(place.settings.map(([key]) => key).filter(isOurs))],
    add: [],
    left: others.map(({ path }) => `${shownPath(place, path)} calls gmig, and is to be edited by hand`),
  };
}

/**
 * Takes gmig out of this clone's hooks, whichever way it came in: files are as they were before, and its settings are gone.
 *
 * @throws GmigError NOT_A_REPOSITORY, CONFIG_INVALID, WRITE_FAILED, GIT_FAILED.
 */
export async function hooksUninstall(surroundings: HooksSurroundings, options: { readonly dryRun?: boolean | undefined } = {}): Promise<HooksUninstallResult> {
  const place = await findHooksPlace(surroundings);
  const plan = await planUninstall(place);
  if (options.dryRun !== true) await applyHooksPlan(place, plan);
  return { ...toldPlan(place, plan), left: plan.left, executed: options.dryRun !== true };
}
