import { accessSync, constants, readdirSync, rmdirSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { setCloneConfig } from "../git/clone-config.js";
import { addCloneConfig, type ConfigValue } from "../git/clone-config-values.js";
import { command, GmigError } from "../errors.js";
import { applyEdit, type FileEdit, isLink, readBytes } from "../project/file-edit.js";
import type { Hook } from "../project/hook-lines.js";
import { writeFailed } from "../write-failed.js";
import type { HookCarrier } from "./hook-carriers.js";
import type { HooksPlace } from "./hooks-place.js";

/** What is to be done to a clone, decided before any of it is. */
export interface HooksPlan {
  readonly edits: readonly FileEdit[];
  /** Keys of this clone's configuration to be emptied, before values are added. */
  readonly unset: readonly string[];
  readonly add: readonly ConfigValue[];
  /** What could not be done by gmig, a sentence each. */
  readonly left: readonly string[];
}

export interface ChangedFile {
  /** From the worktree's top where it lies in it, else absolute. */
  readonly file: string;
  readonly action: "create" | "change" | "remove";
}

export interface ChangedSetting {
  readonly key: string;
  /** Null for one that goes. */
  readonly value: string | null;
}

/** A path as a person at the top of the worktree names it. */
export function shownPath({ top }: HooksPlace, path: string): string {
  const way = relative(top, path);
  return way.startsWith("..") ? path : way.split(sep).join("/");
}

/** Whether the system would run a file as a program. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** An edit, and what it could not do. */
interface CarrierEdit {
  readonly edits: readonly FileEdit[];
  readonly left: readonly string[];
}

/**
 * Puts gmig's lines for these hooks into a carrier, and takes those for all others out of it.
 *
 * @throws GmigError CONFIG_INVALID for marked lines that begin and do not end.
 */
export function editCarrier(place: HooksPlace, carrier: HookCarrier, wanted: ReadonlySet<Hook>): CarrierEdit {
  const { path, hooks } = carrier;
  const shown = shownPath(place, path);
  const isWanted = hooks.some((hook) => wanted.has(hook));
  if (isLink(path)) return { edits: [], left: isWanted ? [`${shown} is a link to a file that others may use: ${hooks.join(", ")} is not installed there`] : [] };
  try {
    return editText(carrier, shown, wanted);
  } catch (cause) {
    if (!(cause instanceof GmigError)) throw cause;
    throw new GmigError(cause.code, `${shown}: ${cause.message}`, { cause, hint: cause.hint ?? command`edit ${shown}`, data: { ...cause.data, file: path } });
  }
}

function editText({ path, format, hooks, executable }: HookCarrier, shown: string, wanted: ReadonlySet<Hook>): CarrierEdit {
  if (format === null) return { edits: [], left: [] };
  const before = readBytes(path);
  const left: string[] = [];
  let after = before;
  for (const hook of hooks.toReversed()) if (after !== null && !wanted.has(hook)) after = format.drop(after, hook);
  for (const hook of hooks.filter((one) => wanted.has(one))) {
    const put = format.put(after, hook);
    if (typeof put === "string") after = put;
    else left.push(`${shown} ${put.refused}: ${hook} is not installed there`);
  }
  return { edits: before === after ? [] : [{ path, before, after, executable }], left };
}

/** What a plan changes, as it is told. */
export function toldPlan(place: HooksPlace, plan: HooksPlan): { readonly changed: readonly ChangedFile[]; readonly settings: readonly ChangedSetting[] } {
  const added = new Set(plan.add.map(([key]) => key));
  return {
    changed: plan.edits.map(({ path, before, after }) => ({ file: shownPath(place, path), action: before === null ? "create" : after === null ? "remove" : "change" })),
    settings: [...plan.unset.filter((key) => !added.has(key)).map((key) => ({ key, value: null })), ...plan.add.map(([key, value]) => ({ key, value }))],
  };
}

/**
 * Does what a plan says.
 *
 * @throws GmigError WRITE_FAILED, GIT_FAILED.
 */
export async function applyHooksPlan({ repository, shim }: HooksPlace, plan: HooksPlan): Promise<void> {
  for (const edit of plan.edits) applyEdit(edit);
  // One after the other: git locks its configuration.
  for (const key of plan.unset) await setCloneConfig(repository, key, null);
  for (const value of plan.add) await addCloneConfig(repository, value);
  removeEmpty(dirname(shim));
}

/** Git's hooks folder goes where gmig made it. */
function removeEmpty(folder: string): void {
  try {
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  } catch (error) {
    // A folder that is not there, or a file in its place, is none to remove.
    if (!["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) throw writeFailed(folder, error, "removed");
  }
}
