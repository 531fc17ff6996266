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
  const text = readFileSync(packageFile, "utf8");
  if (!text.includes('"gmig"')) return false;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null && typeof (parsed as Record<string, unknown>)["gmig"] === "object";
  } catch {
    return false;
  }
}

function placeIn(folder: string, names: ReadonlySet<string>): ProjectPlace | null {
  const file = FILE_NAMES.find((name) => names.has(name));
  if (file !== undefined) return { root: folder, file: join(folder, file) };
  if (names.has("package.json") && holdsConfig(join(folder, "package.json"))) return { root: folder, file: join(folder, "package.json") };
  return names.has(DEFAULT_MIGRATIONS) ? { root: folder, file: null } : null;
}

/**
 * Finds the configuration from a folder upwards to the Git root; the nearest wins, and in one folder a file before package.json before a bare `.migrations`.
 *
 * @throws GmigError CONFIG_NOT_FOUND.
 */
export function findConfig(cwd: string): ProjectPlace {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const names = namesIn(folder);
    const place = placeIn(folder, names);
    if (place !== null) return place;
    if (names.has(".git") || dirname(folder) === folder) break;
  }
  throw new GmigError("CONFIG_NOT_FOUND", `There is no gmig.config file, no "gmig" in a package.json and no ${DEFAULT_MIGRATIONS} folder in ${cwd} or above it`, { hint: "gmig init" });
}

/**
 * Takes a configuration file by its path.
 *
 * @throws GmigError CONFIG_NOT_FOUND.
 */
export function namedConfig(cwd: string, path: string): ProjectPlace {
  const file = resolve(cwd, path);
  if (!existsSync(file)) throw new GmigError("CONFIG_NOT_FOUND", `There is no configuration file ${path}`, { hint: "gmig init", data: { file: path } });
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
