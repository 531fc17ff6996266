import { resolve } from "node:path";
import { GmigError } from "../errors.js";
import { checkConfig, isEnvironment } from "./check-config.js";
import type { Config, ConfigFlags, DatabaseChoice, Surroundings } from "./config.js";
import { editHint } from "./edit-hint.js";
import { DEFAULT_MIGRATIONS } from "./find-config.js";
import type { DatabaseConfig, Environment, UserConfig } from "./user-config.js";

/** What a configuration is resolved against. */
export interface Place {
  readonly root: string;
  readonly file: string | null;
  readonly cache: string;
}

const FILE_NAME = "{time}_{id}_{slug}";
const LOCK_TIMEOUT = "10s";

function chooseNamed(config: UserConfig, name: string | undefined): { readonly name: string | null; readonly settings: DatabaseConfig } {
  const { databases, ...shared } = config;
  const names = Object.keys(databases ?? {});
  if (databases === undefined) {
    if (name === undefined) return { name: null, settings: shared };
    throw new GmigError("USAGE", `There is no database named ${name}: the configuration has no databases`, { data: { name } });
  }
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined) throw new GmigError("USAGE", `The configuration has several databases: ${names.join(", ")}`, { hint: `--name ${names[0] ?? ""}`, data: { names } });
  const own = Object.hasOwn(databases, chosen) ? databases[chosen] : undefined;
  if (own === undefined) throw new GmigError("USAGE", `There is no database named ${chosen}: the configuration has ${names.join(", ")}`, { hint: `--name ${names[0] ?? ""}`, data: { names } });
  return { name: chosen, settings: { ...shared, ...own } };
}

function readEnvironment(value: string | undefined, from: string): Environment | null {
  if (value === undefined || value === "") return null;
  if (isEnvironment(value)) return value;
  throw new GmigError("USAGE", `${from} must be development, test or production, not ${JSON.stringify(value)}`, { data: { environment: value } });
}

function chooseDatabase(settings: DatabaseConfig, flags: ConfigFlags, around: Surroundings, file: string | null): DatabaseChoice {
  const { env } = around;
  if (flags.database !== undefined) return { kind: "named", setting: flags.database, from: "--database" };
  const fromEnvironment = env["GMIG_DATABASE"];
  if (fromEnvironment !== undefined && fromEnvironment !== "") return { kind: "named", setting: fromEnvironment, from: "GMIG_DATABASE" };
  if (settings.database !== undefined) return { kind: "named", setting: settings.database, from: file ?? "the configuration" };
  const isDevelopment = settings.environment === "development" || flags.environment === "development" || env["GMIG_ENVIRONMENT"] === "development";
  const isProtected = (env["CI"] ?? "") !== "" || env["NODE_ENV"] === "production";
  return { kind: "unnamed", embeddedAllowed: !isProtected && (around.interactive || isDevelopment) };
}

function list(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

/**
 * Fills in defaults and makes folders absolute. Flags come before the environment, the environment before the file.
 *
 * @throws GmigError CONFIG_INVALID, USAGE.
 */
export function resolveConfig(value: unknown, place: Place, flags: ConfigFlags, around: Surroundings): Config {
  const { env } = around;
  const checked = checkConfig(value, place.file ?? "the configuration", place.file === null ? undefined : editHint(place.file, around));
  const { name, settings } = chooseNamed(checked, flags.name ?? (env["GMIG_NAME"] === "" ? undefined : env["GMIG_NAME"]));
  const within = (path: string): string => resolve(place.root, path);
  const migrations = list(settings.migrations ?? DEFAULT_MIGRATIONS).map(within);
  return Object.freeze({
    name,
    root: place.root,
    file: place.file,
    cache: place.cache,
    database: chooseDatabase(settings, flags, around, place.file),
    migrations: Object.freeze(migrations),
    recursive: settings.recursive ?? false,
    models: Object.freeze([...list(settings.models)]),
    environmentSaid: readEnvironment(flags.environment, "--environment") ?? readEnvironment(env["GMIG_ENVIRONMENT"], "GMIG_ENVIRONMENT"),
    environment: settings.environment ?? null,
    schemas: Object.freeze([...(settings.schemas ?? ["public"])]),
    enums: settings.enums ?? "check",
    foreignKeys: settings.foreignKeys ?? false,
    include: settings.include ?? null,
    rewrite: settings.rewrite ?? null,
    formatter: settings.formatter ?? null,
    register: Object.freeze([...(settings.register ?? [])]),
    ledgerSchema: settings.ledgerSchema ?? "public",
    lockTimeout: settings.lockTimeout ?? LOCK_TIMEOUT,
    shadow: settings.shadow ?? null,
    template: settings.template === undefined ? null : within(settings.template),
    fileName: settings.fileName ?? FILE_NAME,
    onStep: settings.onStep ?? null,
    env,
    gitEnv: around.gitEnv ?? env,
  });
}
