import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { GmigError } from "../errors.js";
import { loadModules } from "../load/load-modules.js";
import type { Config, ConfigFlags, Surroundings } from "./config.js";
import { findConfig, findGitCommonDirectory, namedConfig } from "./find-config.js";
import { type Place, resolveConfig } from "./resolve-config.js";
import type { UserConfig } from "./user-config.js";

/** Returns where gmig may keep what it can make again: in Git's common directory, else in `.gmig` beside the configuration. */
export function cacheFolder(root: string): string {
  const git = findGitCommonDirectory(root);
  return git === null ? join(root, ".gmig", "cache") : join(git, "gmig");
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new GmigError("CONFIG_INVALID", `${file} is not valid JSON`, { cause, data: { file } });
  }
}

async function readFile(place: Place & { readonly file: string }, around: Surroundings): Promise<unknown> {
  const { file } = place;
  if (file.endsWith("package.json")) return (readJson(file) as Record<string, unknown>)["gmig"];
  if (file.endsWith(".json")) return readJson(file);
  const [loaded] = await loadModules([file], { root: place.root, cache: join(place.cache, "modules"), code: "CONFIG_INVALID" });
  const exported = loaded?.exports["default"] ?? loaded?.exports;
  if (exported === undefined || (exported === loaded?.exports && Object.keys(exported).length === 0)) {
    throw new GmigError("CONFIG_INVALID", `${relative(around.cwd, file)} exports nothing`, { hint: "export default defineConfig({ … })", data: { file } });
  }
  return exported;
}

/**
 * Finds, loads and resolves the configuration.
 *
 * @throws GmigError CONFIG_NOT_FOUND, CONFIG_INVALID, USAGE.
 */
export async function loadConfig(around: Surroundings, flags: ConfigFlags = {}): Promise<Config> {
  const named = flags.config ?? around.env["GMIG_CONFIG"];
  const found = named === undefined || named === "" ? findConfig(around.cwd) : namedConfig(around.cwd, named);
  const place = { ...found, cache: cacheFolder(found.root) };
  const value = found.file === null ? {} : await readFile({ ...place, file: found.file }, around);
  return resolveConfig(value, place, flags, around);
}

/** Resolves a configuration that is at hand, for programs that use gmig as a library; `root` is what its folders are relative to. */
export function configFrom(value: UserConfig, root: string, env: Surroundings["env"] = {}, flags: ConfigFlags = {}): Config {
  const folder = resolve(root);
  return resolveConfig(value, { root: folder, file: null, cache: cacheFolder(folder) }, flags, { cwd: folder, env, interactive: false });
}
