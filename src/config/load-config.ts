import { readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { GmigError } from "../errors.js";
import { loadModules } from "../load/load-modules.js";
import { withoutQuote } from "../load/without-quote.js";
import { checkConfig } from "./check-config.js";
import { editHint } from "./edit-hint.js";
import type { Config, ConfigFlags, Surroundings } from "./config.js";
import { findConfig, findGitCommonDirectory, namedConfig } from "./find-config.js";
import { type Place, resolveConfig } from "./resolve-config.js";
import type { UserConfig } from "./user-config.js";

/** Returns where gmig may keep what it can make again: in Git's common directory, else in `.gmig` beside the configuration. */
export function cacheFolder(root: string): string {
  const git = findGitCommonDirectory(root);
  return git === null ? join(root, ".gmig", "cache") : join(git, "gmig");
}

/** The line of JSON text at which its parser stopped, as far as its message tells. */
function jsonLine(text: string, error: unknown): number | null {
  const position = /at position (\d+)/.exec((error as Error).message)?.[1];
  return position === undefined ? null : text.slice(0, Number(position)).split("\n").length;
}

/** The parser's own message is left out: it may repeat a password. */
function readJson(file: string, around: Surroundings): unknown {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
    return JSON.parse(text);
  } catch (error) {
    const line = text === "" ? null : jsonLine(text, error);
    throw new GmigError("CONFIG_INVALID", `${file}${line === null ? "" : `:${line}`} is not valid JSON`, { hint: editHint(file, around), data: { file, ...(line === null ? {} : { line }) } });
  }
}

/** Tells what keeps a configuration from being loaded, and that its text is to be looked at unless something better is known. */
function unloadable(error: unknown, hint: string): unknown {
  if (!(error instanceof GmigError)) return error;
  const bare = withoutQuote(error);
  return bare.hint === undefined ? new GmigError(bare.code, bare.message, { hint, data: bare.data, cause: bare.cause }) : bare;
}

async function readFile(place: Place & { readonly file: string }, around: Surroundings): Promise<unknown> {
  const { file } = place;
  if (file.endsWith("package.json")) return (readJson(file, around) as Record<string, unknown> | null)?.["gmig"];
  if (file.endsWith(".json")) return readJson(file, around);
  const [loaded] = await loadModules([file], { root: place.root, cache: join(place.cache, "modules"), code: "CONFIG_INVALID" }).catch((error: unknown) => {
    throw unloadable(error, editHint(file, around));
  });
  const exports = loaded?.exports ?? {};
  if (Object.hasOwn(exports, "default")) return exports["default"];
  throw new GmigError("CONFIG_INVALID", `${relative(around.cwd, file)} has no default export`, { hint: "export default defineConfig({ … })", data: { file } });
}

async function findAndRead(around: Surroundings, flags: ConfigFlags): Promise<{ readonly value: unknown; readonly place: Place }> {
  const named = flags.config ?? around.env["GMIG_CONFIG"];
  const found = named === undefined || named === "" ? findConfig(around.cwd) : namedConfig(around.cwd, named);
  const place = { ...found, cache: cacheFolder(found.root) };
  return { value: found.file === null ? {} : await readFile({ ...place, file: found.file }, around), place };
}

/**
 * Finds, loads and resolves the configuration.
 *
 * @throws GmigError CONFIG_NOT_FOUND, CONFIG_INVALID, USAGE.
 */
export async function loadConfig(around: Surroundings, flags: ConfigFlags = {}): Promise<Config> {
  const { value, place } = await findAndRead(around, flags);
  return resolveConfig(value, place, flags, around);
}

/**
 * The same for each database that the configuration names; one for a configuration without names.
 *
 * @throws GmigError CONFIG_NOT_FOUND, CONFIG_INVALID, USAGE.
 */
export async function loadConfigs(around: Surroundings, flags: ConfigFlags = {}): Promise<readonly Config[]> {
  const { value, place } = await findAndRead(around, flags);
  const databases = checkConfig(value, place.file ?? "the configuration", place.file === null ? undefined : editHint(place.file, around)).databases;
  const names = databases === undefined ? [undefined] : Object.keys(databases);
  const unnamed = { ...around, env: { ...around.env, GMIG_NAME: undefined } };
  return names.map((name) => resolveConfig(value, place, { ...flags, name }, unnamed));
}

/** Resolves a configuration that is at hand, for programs that use gmig as a library; `root` is what its folders are relative to. */
export function configFrom(value: UserConfig, root: string, env: Surroundings["env"] = {}, flags: ConfigFlags = {}): Config {
  const folder = resolve(root);
  return resolveConfig(value, { root: folder, file: null, cache: cacheFolder(folder) }, flags, { cwd: folder, env, interactive: false });
}
