import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { GmigError } from "../errors.js";

const FILE_NAMES = ["gmig.config.ts", "gmig.config.mts", "gmig.config.cts", "gmig.config.js", "gmig.config.mjs", "gmig.config.cjs", "gmig.config.json"];

/** The folder that a revisions folder without a configuration is looked for by. */
export const DEFAULT_MIGRATIONS = ".migrations";

/** Where a project begins. */
export interface ProjectPlace {
  readonly root: string;
  /** The configuration file, package.json when it holds one, or null. */
  readonly file: string | null;
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    return new Set(readdirSync(folder));
  } catch {
    return new Set();
  }
}

function holdsConfig(packageFile: string): boolean {
  try {
    const text = readFileSync(packageFile, "utf8");
    return text.includes('"gmig"') && Object.hasOwn(JSON.parse(text) as object, "gmig");
  } catch {
    return false;
  }
}

/** Returns the configuration file in a folder, package.json when it holds the configuration, or null. */
export function configFileIn(folder: string, names = namesIn(folder)): string | null {
  const file = FILE_NAMES.find((name) => names.has(name));
  if (file !== undefined) return join(folder, file);
  const packageFile = join(folder, "package.json");
  return names.has("package.json") && holdsConfig(packageFile) ? packageFile : null;
}

/**
 * Finds the configuration from a folder upwards to the Git root: the nearest file, in one folder before package.json; where there is none at all, the
 * nearest `.migrations`, which a configuration further up may well name itself.
 *
 * @throws GmigError CONFIG_NOT_FOUND.
 */
export function findConfig(cwd: string): ProjectPlace {
  let bare: ProjectPlace | null = null;
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const names = namesIn(folder);
    const file = configFileIn(folder, names);
    if (file !== null) return { root: folder, file };
    if (names.has(DEFAULT_MIGRATIONS)) bare ??= { root: folder, file: null };
    if (names.has(".git") || dirname(folder) === folder) break;
  }
  if (bare !== null) return bare;
  throw new GmigError("CONFIG_NOT_FOUND", `There is no gmig.config file, no "gmig" in a package.json and no ${DEFAULT_MIGRATIONS} folder in ${cwd} or above it`, { hint: "gmig init" });
}

/** Returns the configuration, or else the revisions folder, of the project that a folder lies in, from the folder above up to the Git root; null where there is none. */
export function projectAbove(folder: string): string | null {
  for (let below = resolve(folder); !namesIn(below).has(".git") && dirname(below) !== below; below = dirname(below)) {
    const above = dirname(below);
    const names = namesIn(above);
    const file = configFileIn(above, names) ?? (names.has(DEFAULT_MIGRATIONS) ? join(above, DEFAULT_MIGRATIONS) : null);
    if (file !== null) return file;
  }
  return null;
}

/**
 * Takes a configuration file by its path.
 *
 * @throws GmigError CONFIG_NOT_FOUND.
 */
export function namedConfig(cwd: string, path: string): ProjectPlace {
  const file = resolve(cwd, path);
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) throw new GmigError("CONFIG_NOT_FOUND", `${path} is a folder, not a configuration file`, { hint: `--config ${join(path, "gmig.config.ts")}`, data: { file: path } });
  if (stats === undefined) throw new GmigError("CONFIG_NOT_FOUND", `There is no configuration file ${path}`, { hint: "gmig init", data: { file: path } });
  return { root: dirname(file), file };
}

/** Returns Git's common directory (that of the main worktree) above a folder, or null outside a repository. */
export function findGitCommonDirectory(from: string): string | null {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const dotGit = join(folder, ".git");
    const stats = statSync(dotGit, { throwIfNoEntry: false });
    if (stats?.isDirectory() === true) return dotGit;
    if (stats?.isFile() === true) return commonDirectory(folder, dotGit);
    if (dirname(folder) === folder) return null;
  }
}

/** Follows the `.git` file of a linked worktree or a submodule: gitrepository-layout(5), `gitdir:` and `commondir`. */
function commonDirectory(folder: string, dotGit: string): string | null {
  const line = /^gitdir: (.*?)\s*$/m.exec(readFileSync(dotGit, "utf8"))?.[1];
  if (line === undefined) return null;
  const gitDirectory = resolve(folder, line);
  const common = join(gitDirectory, "commondir");
  if (!existsSync(common)) return existsSync(gitDirectory) ? gitDirectory : null;
  return resolve(gitDirectory, readFileSync(common, "utf8").trim());
}
