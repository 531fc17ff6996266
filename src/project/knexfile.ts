import { existsSync } from "node:fs";
import { join } from "node:path";
import { GmigError } from "../errors.js";
import { loadModules } from "../load/load-modules.js";

const FILE_NAMES = ["knexfile.ts", "knexfile.mts", "knexfile.cts", "knexfile.js", "knexfile.mjs", "knexfile.cjs"];

/** What a knexfile says for one environment; not looked into any further. */
export interface KnexSettings {
  readonly file: string;
  /** The environment it was taken from; null when the file is one configuration. */
  readonly environment: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Returns the path of a project's knexfile, or null. */
export function findKnexfile(root: string): string | null {
  const name = FILE_NAMES.find((file) => existsSync(join(root, file)));
  return name === undefined ? null : join(root, name);
}

/** What a knexfile's export comes to: itself, or what its function returns. */
async function settled(exported: unknown, file: string): Promise<unknown> {
  if (typeof exported !== "function") return exported;
  try {
    return await (exported as () => unknown)();
  } catch (cause) {
    throw new GmigError("CONFIG_INVALID", `The function that ${file} exports threw: ${cause instanceof Error ? cause.message : String(cause)}`, { cause, data: { file } });
  }
}

/**
 * Reads a knexfile as Knex does: one configuration, or one for each environment, of which `environment` is taken (`development` when null).
 *
 * @throws GmigError CONFIG_INVALID.
 */
export async function readKnexfile(file: string, environment: string | null, options: { readonly root: string; readonly cache: string }): Promise<KnexSettings> {
  const [loaded] = await loadModules([file], { root: options.root, cache: join(options.cache, "modules") });
  const exports = loaded?.exports ?? {};
  const exported = Object.hasOwn(exports, "default") ? exports["default"] : exports;
  const value = await settled(exported, file);
  if (!isRecord(value)) throw new GmigError("CONFIG_INVALID", `${file} exports no Knex configuration`, { data: { file } });
  if (value["client"] !== undefined || value["connection"] !== undefined) return { file, environment: null, settings: value };
  const chosen = environment ?? "development";
  const settings = value[chosen];
  if (isRecord(settings)) return { file, environment: chosen, settings };
  const names = Object.keys(value).join(", ");
  throw new GmigError("CONFIG_INVALID", `${file} has no environment ${chosen}; it has ${names === "" ? "none" : names}`, { hint: `NODE_ENV=${Object.keys(value)[0] ?? "development"}`, data: { file, environment: chosen } });
}
