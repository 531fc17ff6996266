import { readFileSync } from "node:fs";
import type { Knex } from "knex";
import type { Config } from "../config/config.js";
import type { DatabaseContext } from "../config/user-config.js";
import type { Database } from "../database/database.js";
import { openDatabase } from "../database/open-database.js";
import { readSource, type Source } from "../database/source.js";
import { pathOf } from "../directory/revision-file.js";
import { GmigError } from "../errors.js";
import { findKnexfile, readKnexfile } from "../project/knexfile.js";
import type { Project } from "./project.js";

/** Where the embedded database lies unless the configuration says otherwise. */
const EMBEDDED = "pglite:.gmig/data";
/** What the driver knows of libpq's variables, and what it calls them. */
const PG_VARIABLES = { PGHOST: "host", PGPORT: "port", PGDATABASE: "database", PGUSER: "user", PGPASSWORD: "password" } as const;
const NAMING = ["PGHOST", "PGDATABASE", "PGUSER"];

export interface TargetOptions {
  readonly connectTimeout?: number | undefined;
  readonly lockWait?: number | undefined;
  /** For commands that only look. */
  readonly readOnly?: boolean | undefined;
}

/** The connection that `PG*` describe; what they leave open the driver fills in. */
function connectionOf(env: Config["env"]): Knex.PgConnectionConfig {
  return Object.fromEntries(Object.entries(PG_VARIABLES).flatMap(([name, key]) => ((env[name] ?? "") === "" ? [] : [[key, name === "PGPORT" ? Number(env[name]) : env[name]]])));
}

/**
 * Returns what the project's knexfile says for this environment; null where there is none.
 *
 * @throws GmigError CONFIG_INVALID.
 */
export async function projectKnexfile({ env, root, cache }: Config): Promise<Knex.Config | null> {
  const knexfile = findKnexfile(root);
  if (knexfile === null) return null;
  return (await readKnexfile(knexfile, env["NODE_ENV"] === "" ? null : (env["NODE_ENV"] ?? null), { root, cache })).settings as Knex.Config;
}

/** Looks for a database that nobody named: `DATABASE_URL` or `PG*`, a knexfile, and last the embedded PostgreSQL, where that cannot be a mistake. */
async function findUnnamed(config: Config, embeddedAllowed: boolean): Promise<string | Knex.Config> {
  const { env } = config;
  const url = env["DATABASE_URL"];
  if (url !== undefined && url !== "") return url;
  if (NAMING.some((name) => (env[name] ?? "") !== "")) return { client: "pg", connection: connectionOf(env) };
  const settings = await projectKnexfile(config);
  if (settings !== null) return settings;
  if (embeddedAllowed) return EMBEDDED;
  throw new GmigError("CONFIG_INVALID", "No database is named, and under CI, in production or without a terminal gmig does not take the embedded one by itself", {
    hint: "DATABASE_URL=postgres://user:password@host:5432/name",
  });
}

/**
 * Returns where the configured database is.
 *
 * @throws GmigError CONFIG_INVALID.
 */
export async function findSource(config: Config, context: DatabaseContext): Promise<Source> {
  const { database } = config;
  if (database.kind === "unnamed") return readSource(await findUnnamed(config, database.embeddedAllowed), config.root);
  const { setting } = database;
  if (typeof setting !== "function") return readSource(setting, config.root);
  return readSource(await calledSetting(setting, database.from, context), config.root);
}

async function calledSetting(setting: (context: DatabaseContext) => unknown, from: string, context: DatabaseContext): Promise<string | Knex.Config> {
  const name = `The function "database" of ${from}`;
  let value: unknown;
  try {
    value = await setting(context);
  } catch (cause) {
    throw new GmigError("CONFIG_INVALID", `${name} threw: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof value === "string" || (typeof value === "object" && value !== null)) return value;
  throw new GmigError("CONFIG_INVALID", `${name} returned ${String(value)}, which is neither a URL nor a Knex configuration`);
}

/** `create extension if not exists "x"`, also within a string of JavaScript, and Knex's own `createExtension("x")`. */
const EXTENSION = /create\s*extension(?:IfNotExists)?[\s(]+(?:if\s+not\s+exists\s+)?\\?["'`]?([\w-]+)/gi;

/** Names the extensions that the revisions create: an embedded database has to be opened with them. */
export function extensionsOf(project: Project): readonly string[] {
  const found = new Set<string>();
  for (const file of project.files.values()) {
    for (const [, name] of readFileSync(pathOf(file), "utf8").matchAll(EXTENSION)) if (name !== undefined) found.add(name.toLowerCase());
  }
  return [...found];
}

/**
 * Opens the configured database; the caller closes it.
 *
 * @throws GmigError CONFIG_INVALID, PGLITE_MISSING, LOCK_HELD, CONNECTION_FAILED.
 */
export async function openTarget(project: Project, context: DatabaseContext, options: TargetOptions = {}): Promise<Database> {
  const { config } = project;
  const source = await findSource(config, context);
  const extensions = source.kind === "embedded" ? extensionsOf(project) : [];
  return openDatabase(source, { root: config.root, extensions, ...options });
}

