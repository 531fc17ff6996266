import { join } from "node:path";
import { type ConfigValue, type HooksPath, listCloneConfig, readHooksPath } from "../git/clone-config-values.js";
import { findGit } from "../git/find-git.js";
import { type GitVersion, gitVersion, isAtLeast } from "../git/git-version.js";
import { hooksFolder } from "../git/hooks-folder.js";
import { openRepository } from "../git/open-repository.js";
import type { Repository } from "../git/repository.js";
import { GmigError } from "../errors.js";
import { findHookManagers, type HookManager } from "../project/hook-managers.js";

/** What is around a command. */
export interface HooksSurroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A project whose revisions the hooks watch; paths from the worktree's top. */
export interface HookedProject {
  readonly project: string;
  readonly folders: readonly string[];
}

/** Everything in and around a clone that decides how hooks come to run here. */
export interface HooksPlace {
  readonly repository: Repository;
  /** The worktree's top. */
  readonly top: string;
  /** The clone's copy of the shim: in Git's own folder, which no branch can write to, whoever calls it. */
  readonly shim: string;
  /** Where Git looks for hooks. */
  readonly folder: string;
  readonly hooksPath: HooksPath | null;
  readonly version: GitVersion;
  readonly managers: readonly HookManager[];
  /** This clone's own configuration under `gmig.` and `hook.gmig-`. */
  readonly settings: readonly ConfigValue[];
}

/**
 * Looks at the clone that a folder lies in.
 *
 * @throws GmigError NOT_A_REPOSITORY, GIT_FAILED.
 */
export async function findHooksPlace({ cwd, env }: HooksSurroundings): Promise<HooksPlace> {
  const repository = openRepository(cwd, { cwd, env, binary: findGit(env) });
  const top = repository.worktree;
  if (top === null) throw new GmigError("NOT_A_REPOSITORY", `${repository.gitDirectory} is a bare repository: there is no checkout that a database could follow`);
  const git = repository.requireGit("tell where hooks go");
  const [folder, hooksPath, version, settings] = await Promise.all([
    hooksFolder(repository),
    readHooksPath(repository),
    gitVersion(git),
    listCloneConfig(repository, "gmig\\.|hook\\.gmig-"),
  ]);
  return { repository, top, shim: join(repository.commonDirectory, "hooks", "gmig-hook"), folder, hooksPath, version, managers: findHookManagers(top, folder), settings };
}

/** Whether Git reads hooks from its configuration. */
export function hasConfigHooks({ version }: HooksPlace): boolean {
  return isAtLeast(version, 2, 54);
}

/** The last value of a key, or null. */
export function settingOf({ settings }: Pick<HooksPlace, "settings">, key: string): string | null {
  return settings.findLast(([name]) => name === key)?.[1] ?? null;
}

/** The projects of this clone: each `gmig.project` with the `gmig.folder` lines that follow it. */
export function hookedProjects({ settings }: Pick<HooksPlace, "settings">): readonly HookedProject[] {
  const projects: { project: string; folders: string[] }[] = [];
  for (const [key, value] of settings) {
    if (key === "gmig.project") projects.push({ project: value, folders: [] });
    if (key !== "gmig.folder") continue;
    if (projects.length === 0) projects.push({ project: ".", folders: [] });
    projects.at(-1)?.folders.push(value);
  }
  return projects;
}
