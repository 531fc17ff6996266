import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { command, GmigError } from "../errors.js";
import { shown } from "../load/compile-error.js";
import { loadModules } from "../load/load-modules.js";
import { sourcePosition } from "../load/source-position.js";
import { withoutQuote } from "../load/without-quote.js";

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

const WHY = "gmig loads it for the database, which nothing else names";

/** Tells why a file of Knex, of which nobody thought, is of any concern; without quoting it, for it holds passwords. */
function unloadable(error: unknown, shownFile: string): unknown {
  if (!(error instanceof GmigError)) return error;
  const { code, message, hint = command`edit ${shownFile}`, data, cause } = withoutQuote(error);
  return new GmigError(code, `${message}; ${WHY}`, { hint, data, cause });
}

/** What a knexfile's export comes to: itself, or what its function returns. */
async function settled(exported: unknown, file: string, root: string): Promise<unknown> {
  if (typeof exported !== "function") return exported;
  try {
    return await (exported as () => unknown)();
  } catch (cause) {
    const position = sourcePosition(cause);
    const where = position === undefined ? "" : ` (${shown(position, root)})`;
    const message = `The function that ${relative(root, file)} exports threw: ${cause instanceof Error ? cause.message : String(cause)}${where}; ${WHY}`;
    throw new GmigError("CONFIG_INVALID", message, { hint: command`edit ${relative(root, file)}`, cause, data: position === undefined ? { file } : { ...position } });
  }
}

/**
 * Reads a knexfile as Knex does: one configuration, or one for each environment, of which `environment` is taken (`development` when null).
 *
 * @throws GmigError CONFIG_INVALID.
 */
export async function readKnexfile(file: string, environment: string | null, options: { readonly root: string; readonly cache: string }): Promise<KnexSettings> {
  const { root } = options;
  const name = relative(root, file);
  const [loaded] = await loadModules([file], { root, cache: join(options.cache, "modules") }).catch((error: unknown) => {
    throw unloadable(error, name);
  });
  const exports = loaded?.exports ?? {};
  const exported = Object.hasOwn(exports, "default") ? exports["default"] : exports;
  const value = await settled(exported, file, root);
  if (!isRecord(value)) throw new GmigError("CONFIG_INVALID", `${name} exports no Knex configuration; ${WHY}`, { hint: command`edit ${name}`, data: { file } });
  if (value["client"] !== undefined || value["connection"] !== undefined) return { file, environment: null, settings: value };
  const chosen = environment ?? "development";
  const settings = value[chosen];
  if (isRecord(settings)) return { file, environment: chosen, settings };
  const known = Object.keys(value).join(", ");
  throw new GmigError("CONFIG_INVALID", `${name} has no environment ${chosen}; it has ${known === "" ? "none" : known}`, { hint: `NODE_ENV=${Object.keys(value)[0] ?? "development"}`, data: { file, environment: chosen } });
}
