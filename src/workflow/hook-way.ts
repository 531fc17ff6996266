import { statSync } from "node:fs";
import { dirname } from "node:path";
import { isWithin } from "../git/find-place.js";
import { command, GmigError } from "../errors.js";
import { HOOK_WAYS, type HookManager, type HookWay } from "../project/hook-managers.js";
import { shownPath } from "./change-hooks.js";
import { hasConfigHooks, type HooksPlace } from "./hooks-place.js";

/** husky, where it is what Git calls. */
function activeHusky({ managers, folder }: HooksPlace): HookManager | undefined {
  return managers.find(({ way, path }) => way === "husky" && path === dirname(folder));
}

function checkPlain(place: HooksPlace): void {
  const { hooksPath, repository } = place;
  if (activeHusky(place) !== undefined) {
    throw new GmigError("USAGE", `husky has Git call the files in ${shownPath(place, place.folder)}, which it writes anew at each installation`, { hint: "gmig hooks install --way husky" });
  }
  if (hooksPath !== null && (hooksPath.scope === "global" || hooksPath.scope === "system")) {
    throw new GmigError("USAGE", `core.hooksPath is set to ${hooksPath.value} for all clones, and gmig's hooks are for this one`, {
      hint: `git config --local core.hooksPath '${repository.commonDirectory.replaceAll("'", "'\\''")}/hooks'`,
      data: { hooksPath: hooksPath.value, scope: hooksPath.scope },
    });
  }
}

/** Some set `core.hooksPath` to /dev/null, so that no hook runs. */
function checkFolder(place: HooksPlace): void {
  const { folder, hooksPath } = place;
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  const shown = shownPath(place, folder);
  throw new GmigError("USAGE", `Git looks for hooks in ${shown}, which is no folder: it runs none here`, {
    // What GIT_CONFIG_COUNT says can't be unset.
    hint: hooksPath === null || hooksPath.scope === "command" ? command`ls -ld ${shown}` : command`git config --${hooksPath.scope} --unset core.hooksPath`,
    data: { folder },
  });
}

/**
 * Decides how hooks are installed here: as it is said, else by git's configuration, by the hook manager that the project uses, or in git's own folder.
 *
 * @throws GmigError USAGE when the way that was said is none here.
 */
export function chooseWay(place: HooksPlace, said: string | undefined): HookWay {
  const way = said === undefined ? (hasConfigHooks(place) ? "config" : (place.managers[0]?.way ?? "plain")) : HOOK_WAYS.find((name) => name === said);
  if (way === undefined) throw new GmigError("USAGE", `--way takes ${HOOK_WAYS.join(", ")}, not ${said ?? ""}`, { hint: "gmig hooks install --help" });
  if (way === "config" && !hasConfigHooks(place)) {
    throw new GmigError("USAGE", `Git reads hooks from its configuration from 2.54 on, and this is ${place.version.join(".")}`, { hint: "gmig hooks install", data: { version: place.version } });
  }
  if (way === "plain") {
    checkPlain(place);
    checkFolder(place);
  } else if (way !== "config" && !place.managers.some((manager) => manager.way === way)) {
    throw new GmigError("USAGE", `This project is not set up for ${way}`, { hint: "gmig hooks install", data: { ways: place.managers.map((manager) => manager.way) } });
  }
  return way;
}

const TRACKED: Readonly<Partial<Record<HookWay, string>>> = {
  husky: "husky's hooks are tracked files",
  lefthook: "lefthook's configuration is a tracked file",
  "pre-commit": "pre-commit's configuration is a tracked file",
};

/** Returns what is to be known of a way: whether a branch's own hooks run when it is checked out, and the ways in which they don't. */
export function remarksOn(way: HookWay, place: HooksPlace): readonly string[] {
  const isInWorktree = way === "plain" && isWithin(place.folder, place.top) && !isWithin(place.folder, place.repository.commonDirectory);
  const tracked = isInWorktree ? `core.hooksPath leads into the worktree, to ${shownPath(place, place.folder)}` : TRACKED[way];
  if (tracked === undefined) return [];
  const newer = hasConfigHooks(place) ? "gmig hooks install --way config" : "git 2.54 with gmig hooks install --way config";
  const plain = way === "husky" || isInWorktree ? "git config --unset core.hooksPath and gmig hooks install --way plain" : "gmig hooks install --way plain";
  return [`${tracked}: whoever checks out a branch runs what it has there, which gmig.sync report can't prevent; ${newer} does, and so does ${plain}`];
}
