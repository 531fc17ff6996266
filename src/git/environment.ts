import { delimiter, resolve } from "node:path";

/** Environment variables by name, as a process receives them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What `git rev-parse --local-env-vars` lists: variables that tie a process to one repository. GIT_INTERNAL_SUPER_PREFIX is gone in newer versions. */
const LOCAL = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_CONFIG",
  "GIT_CONFIG_PARAMETERS",
  "GIT_CONFIG_COUNT",
  "GIT_OBJECT_DIRECTORY",
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_GRAFT_FILE",
  "GIT_INDEX_FILE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_REPLACE_REF_BASE",
  "GIT_PREFIX",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_SHALLOW_FILE",
  "GIT_COMMON_DIR",
]);

const COUNTED = /^GIT_CONFIG_(KEY|VALUE)_\d+$/;

const PATHS = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_SHALLOW_FILE"];

/** What would bend the output that gmig reads: another current folder's prefix, other rules for paths, a program that shows differences. */
const BENDING = ["GIT_PREFIX", "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_EXTERNAL_DIFF", "GIT_DIFF_OPTS"];

/** Returns the environment without what ties it to one repository, for the user's code: a hook's GIT_DIR would make each git call in it talk of this one. */
export function userEnvironment(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !LOCAL.has(name) && !COUNTED.test(name)));
}

/**
 * Returns the environment for gmig's own git calls: what a hook or the user said about the repository stays (GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE …),
 * made absolute from the folder where it was said, so that git may run elsewhere.
 */
export function gitEnvironment(env: Environment, cwd: string): Environment {
  const result: Record<string, string | undefined> = { ...env };
  for (const name of PATHS) {
    const value = env[name];
    if (value !== undefined && value !== "") result[name] = resolve(cwd, value);
  }
  const alternates = env["GIT_ALTERNATE_OBJECT_DIRECTORIES"];
  if (alternates !== undefined && alternates !== "") {
    // A quoted path may hold the delimiter; git gives its hooks absolute ones.
    result["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = alternates.includes('"') ? alternates : alternates.split(delimiter).map((path) => resolve(cwd, path)).join(delimiter);
  }
  for (const name of BENDING) delete result[name];
  return result;
}
