import { realpathSync, statSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Environment, userEnvironment } from "./environment.js";
import { asGitDirectory, followDotGit } from "./git-directory.js";
import { isTrue } from "./parse-config.js";
import type { Place } from "./place.js";
import { readPlace } from "./read-place.js";

/** A repository, and the environment in which git sees that one. */
export interface FoundPlace {
  readonly place: Place;
  readonly env: Environment;
}

/** Whether a path is a folder or lies in it; both real. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The real path of the nearest folder that is there, from this one upwards. */
function nearestFolder(folder: string): string {
  for (let path = resolve(folder); ; path = dirname(path)) {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true || dirname(path) === path) return realpathSync(path);
  }
}

function ceilingsOf(env: Environment): ReadonlySet<string> {
  const paths = (env["GIT_CEILING_DIRECTORIES"] ?? "").split(delimiter).filter(isAbsolute);
  return new Set(paths.map((path) => nearestFolder(path)));
}

/** The worktree that the environment names. */
function saidWorktree(env: Environment, cwd: string): string | undefined {
  const said = env["GIT_WORK_TREE"] ?? "";
  return said === "" ? undefined : resolve(cwd, said);
}

/** Goes up as git does: to a `.git`, to a bare repository, not into a ceiling folder and not onto another file system. */
function discover(from: string, env: Environment, said: string | undefined): Place | null {
  const ceilings = ceilingsOf(env);
  const device = isTrue(env["GIT_DISCOVERY_ACROSS_FILESYSTEM"]) ? null : statSync(from).dev;
  for (let folder = from; ; folder = dirname(folder)) {
    const dotGit = join(folder, ".git");
    const directory = followDotGit(dotGit);
    if (directory !== null) return readPlace(directory, { said, found: folder });
    // A `.git` file that leads nowhere ends git's own search too.
    if (statSync(dotGit, { throwIfNoEntry: false })?.isFile() === true) return null;
    const bare = asGitDirectory(folder);
    if (bare !== null) return readPlace(bare, { said, found: null });
    const above = dirname(folder);
    if (above === folder || ceilings.has(above) || (device !== null && statSync(above).dev !== device)) return null;
  }
}

/** The repository that GIT_DIR names, as git(1) describes it under GIT_WORK_TREE: without that and `core.worktree` the current folder is the worktree. */
function namedPlace(env: Environment, cwd: string): Place | null {
  const named = followDotGit(resolve(cwd, env["GIT_DIR"] ?? ""));
  if (named === null) return null;
  const shared = env["GIT_COMMON_DIR"] ?? "";
  const directory = shared === "" ? named : { ...named, commonDirectory: resolve(cwd, shared) };
  const isWithout = env["GIT_IMPLICIT_WORK_TREE"] !== undefined && !isTrue(env["GIT_IMPLICIT_WORK_TREE"]);
  return readPlace(directory, { said: saidWorktree(env, cwd), found: isWithout ? null : cwd });
}

/** Whether git, started in the worktree, finds this repository by itself. */
function isFoundFrom(worktree: string, place: Place): boolean {
  return followDotGit(join(worktree, ".git"))?.gitDirectory === place.gitDirectory;
}

/** `core.worktree` may name a folder that does not lead back: there git has to be told. Elsewhere it is not, because it then checks whose the repository is. */
function discovered(place: Place, env: Environment): FoundPlace {
  const { worktree, gitDirectory } = place;
  return { place, env: worktree === null || isFoundFrom(worktree, place) ? env : { ...env, GIT_DIR: gitDirectory, GIT_WORK_TREE: worktree } };
}

/**
 * Finds the repository that a folder belongs to; the folder need not be there. What a hook's environment says (GIT_DIR, GIT_WORK_TREE) counts for the
 * worktree it speaks of: a submodule or another repository is found by its place, and the environment for it is freed of what ties it to the first.
 * Reads files alone; null outside a repository.
 */
export function findPlace(folder: string, cwd: string, env: Environment): FoundPlace | null {
  const from = nearestFolder(folder);
  if ((env["GIT_DIR"] ?? "") === "") {
    const place = discover(from, env, saidWorktree(env, cwd));
    return place === null ? null : discovered(place, env);
  }
  const named = namedPlace(env, cwd);
  const place = discover(from, env, undefined);
  const isOther = place !== null && place.gitDirectory !== named?.gitDirectory;
  const isNearer = isOther && (named === null || named.worktree === null || !isWithin(from, named.worktree) || (place.worktree !== null && isWithin(place.worktree, named.worktree)));
  if (isNearer) return discovered(place, userEnvironment(env));
  return named === null ? null : { place: named, env };
}
