import { dirname } from "node:path";
import type { Config } from "../config/config.js";
import { GmigError } from "../errors.js";
import type { ConfigValue } from "../git/clone-config-values.js";
import { pathIn } from "../git/path-in.js";
import { type FileEdit, readBytes } from "../project/file-edit.js";
import { HOOKS, hookCommand } from "../project/hook-lines.js";
import type { HookWay } from "../project/hook-managers.js";
import { preCommitEntries, preCommitInstall } from "../project/pre-commit-entries.js";
import { readShim } from "../project/shim.js";
import { applyHooksPlan, type ChangedFile, type ChangedSetting, editCarrier, type HooksPlan, isExecutable, toldPlan } from "./change-hooks.js";
import { type HookCarrier, listCarriers } from "./hook-carriers.js";
import { chooseWay, remarksOn } from "./hook-way.js";
import { findHooksPlace, type HookedProject, hookedProjects, type HooksPlace, type HooksSurroundings, settingOf } from "./hooks-place.js";

export interface HooksInstallOptions {
  readonly way?: string | undefined;
  readonly sync?: "report" | "auto" | "off" | undefined;
  readonly merge?: "write" | "fold" | "warn" | "off" | undefined;
  readonly push?: "check" | "off" | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface HooksInstallResult {
  readonly way: HookWay;
  readonly changed: readonly ChangedFile[];
  readonly settings: readonly ChangedSetting[];
  /** What could not be done by gmig. */
  readonly left: readonly string[];
  /** What is to be known of this way. */
  readonly remarks: readonly string[];
  /** What the hook manager needs: commands, and lines for its configuration. */
  readonly next: readonly string[];
  readonly executed: boolean;
}

/** A path from the worktree's top, for this clone's configuration. */
function hookedPath(place: HooksPlace, path: string): string {
  const inside = pathIn(place.repository, path);
  if (inside === null) throw new GmigError("CONFIG_INVALID", `${path} lies outside of this worktree, where no checkout changes it: hooks can't follow it`, { data: { path } });
  if (inside.includes("\n")) throw new GmigError("CONFIG_INVALID", `The name of ${path} holds a line's end, which hooks can't tell from two names`, { data: { path } });
  return inside === "" ? "." : inside;
}

/** The projects of this clone with this one added, or as it is now. */
function withProject(place: HooksPlace, configs: readonly Config[]): readonly HookedProject[] {
  const [first] = configs;
  if (first === undefined) return hookedProjects(place);
  const own = { project: hookedPath(place, first.root), folders: [...new Set(configs.flatMap(({ migrations }) => migrations))].map((folder) => hookedPath(place, folder)) };
  const all = hookedProjects(place);
  return all.some(({ project }) => project === own.project) ? all.map((one) => (one.project === own.project ? own : one)) : [...all, own];
}

function projectValues(projects: readonly HookedProject[]): readonly ConfigValue[] {
  return projects.flatMap(({ project, folders }) => [["gmig.project", project] as const, ...folders.map((folder) => ["gmig.folder", folder] as const)]);
}

/** Keys to empty and values to add, so that all values of these keys are the wanted ones, in their order; nothing where they are already. */
function replaceValues({ settings }: HooksPlace, keys: readonly string[], wanted: readonly ConfigValue[]): Pick<HooksPlan, "unset" | "add"> {
  const present = settings.filter(([key]) => keys.includes(key));
  if (JSON.stringify(present) === JSON.stringify(wanted)) return { unset: [], add: [] };
  return { unset: keys.filter((key) => present.some(([name]) => name === key)), add: wanted };
}

function configHooks(place: HooksPlace, way: HookWay): readonly Pick<HooksPlan, "unset" | "add">[] {
  return HOOKS.map((hook) => {
    const [event, command] = [`hook.gmig-${hook}.event`, `hook.gmig-${hook}.command`];
    return replaceValues(place, [event, command], way === "config" ? [[event, hook], [command, hookCommand(hook)]] : []);
  });
}

function modeValues(place: HooksPlace, options: HooksInstallOptions): readonly Pick<HooksPlan, "unset" | "add">[] {
  return (["sync", "merge", "push"] as const).map((name) => {
    const value = options[name];
    return value === undefined || settingOf(place, `gmig.${name}`) === value ? { unset: [], add: [] } : replaceValues(place, [`gmig.${name}`], [[`gmig.${name}`, value]]);
  });
}

/** A file of another mode than a program's counts as absent, so that it is written anew. */
function shimEdit({ shim }: HooksPlace): readonly FileEdit[] {
  const before = isExecutable(shim) ? readBytes(shim) : null;
  const after = readShim();
  return before === after ? [] : [{ path: shim, before, after, executable: true }];
}

function isChosen({ way, path }: HookCarrier, chosen: HookWay, { folder }: HooksPlace): boolean {
  return way === chosen && (way !== "plain" || dirname(path) === folder);
}

async function planInstall(place: HooksPlace, way: HookWay, configs: readonly Config[], options: HooksInstallOptions): Promise<HooksPlan> {
  const all = new Set(HOOKS);
  // simple-git-hooks copies its commands, gmig's among them, into Git's own folder.
  const carriers = (await listCarriers(place)).filter((carrier) => way !== "simple-git-hooks" || carrier.way !== "plain");
  const edited = carriers.map((carrier) => editCarrier(place, carrier, isChosen(carrier, way, place) ? all : new Set()));
  const values = [replaceValues(place, ["gmig.project", "gmig.folder"], projectValues(withProject(place, configs))), ...modeValues(place, options), ...configHooks(place, way)];
  return {
    edits: [...shimEdit(place), ...edited.flatMap(({ edits }) => edits)],
    unset: values.flatMap(({ unset }) => unset),
    add: values.flatMap(({ add }) => add),
    left: edited.flatMap(({ left }) => left),
  };
}

/** What the hook manager needs beside the edited file. */
function nextSteps(place: HooksPlace, way: HookWay, plan: HooksPlan): readonly string[] {
  const manager = place.managers.find((one) => one.way === way);
  if (manager === undefined) return [];
  const isEdited = plan.edits.some(({ path }) => path === manager.path);
  if (way === "pre-commit") return [`Add to the repos of ${manager.path.slice(place.top.length + 1)}:`, ...preCommitEntries(), preCommitInstall()];
  if (!manager.editable) return [`Have ${manager.path.slice(place.top.length + 1)} call, from each of ${HOOKS.join(", ")}:`, `${hookCommand("post-checkout").replace("post-checkout", "NAME")} ARGUMENTS`];
  if (way === "husky") return dirname(place.folder) === manager.path ? [] : ["npx husky"];
  return !isEdited ? [] : way === "lefthook" ? ["npx lefthook install"] : ["npx simple-git-hooks"];
}

/**
 * Has Git call gmig in this clone, by the way that was said or that fits, beside whatever it calls already. Doing it again brings everything up to date and
 * changes nothing else.
 *
 * `configs` are those of one project, one for each of its databases.
 *
 * @throws GmigError NOT_A_REPOSITORY, USAGE, CONFIG_INVALID, WRITE_FAILED, GIT_FAILED.
 */
export async function hooksInstall(configs: readonly Config[], surroundings: HooksSurroundings, options: HooksInstallOptions = {}): Promise<HooksInstallResult> {
  const place = await findHooksPlace({ ...surroundings, cwd: configs[0]?.root ?? surroundings.cwd });
  const way = chooseWay(place, options.way);
  const plan = await planInstall(place, way, configs, options);
  if (options.dryRun !== true) await applyHooksPlan(place, plan);
  return { way, ...toldPlan(place, plan), left: plan.left, remarks: remarksOn(way, place), next: nextSteps(place, way, plan), executed: options.dryRun !== true };
}
