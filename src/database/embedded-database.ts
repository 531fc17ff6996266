import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { PGlite, PGliteOptions } from "@electric-sql/pglite";
import type { Knex } from "knex";
import type { Client, ClientConfig } from "pg";
import { GmigError } from "../errors.js";
import { createKnex } from "./create-knex.js";
import type { Address, Connection, Database } from "./database.js";
import { lockEmbedded } from "./embedded-lock.js";
import { openConnection } from "./pg-connection.js";
import { type ImportPackage, importPeer } from "./user-package.js";

export interface EmbeddedOptions {
  readonly importPackage: ImportPackage;
  /** How long to wait for another process that has the folder open, in milliseconds. */
  readonly lockWait: number;
  /** Names of extensions that revisions create: they must be there when the database opens. */
  readonly extensions: readonly string[];
}

type PgliteModule = { readonly PGlite: { readonly create: (options: PGliteOptions) => Promise<PGlite> } };
type AdapterModule = { readonly createPgConfig: (pglite: PGlite) => ClientConfig };

async function importPglite<Module>(importPackage: ImportPackage, name: string): Promise<Module> {
  try {
    return (await importPackage(name)) as Module;
  } catch (cause) {
    throw new GmigError("PGLITE_MISSING", "The embedded PostgreSQL (PGlite) is not installed in this project", { hint: "npm install @electric-sql/pglite", cause });
  }
}

/** Loads what PGlite has of the extensions; the others fail where they are created, with PostgreSQL's own message. */
async function loadExtensions(importPackage: ImportPackage, names: readonly string[]): Promise<NonNullable<PGliteOptions["extensions"]>> {
  const found: Record<string, NonNullable<PGliteOptions["extensions"]>[string]> = {};
  for (const name of new Set(names)) {
    const key = name.replaceAll("-", "_");
    for (const path of [`@electric-sql/pglite/contrib/${key}`, `@electric-sql/pglite/${key}`]) {
      const module = (await importPackage(path).catch(() => null)) as Record<string, NonNullable<PGliteOptions["extensions"]>[string]> | null;
      const extension = module?.[key];
      if (extension !== undefined) {
        found[key] = extension;
        break;
      }
    }
  }
  return found;
}

/** `.gmig` ignores itself, so that a database never gets into a commit. */
function ignoreInGit(folder: string): void {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  const ignore = join(parent, ".gitignore");
  if (parent.endsWith(".gmig") && !existsSync(ignore)) writeFileSync(ignore, "*\n");
}

/**
 * Opens the embedded PostgreSQL in a folder, or in memory (null). Only one process at a time has a folder open.
 *
 * @throws GmigError PGLITE_MISSING, LOCK_HELD.
 */
export async function openEmbedded(folder: string | null, config: Knex.Config, options: EmbeddedOptions): Promise<Database> {
  const { importPackage } = options;
  const [{ PGlite }, { createPgConfig }] = await Promise.all([
    importPglite<PgliteModule>(importPackage, "@electric-sql/pglite"),
    importPglite<AdapterModule>(importPackage, "@electric-sql/pglite/node-postgres"),
  ]);
  const { Client: PgClient } = (await importPeer(importPackage, "pg")) as { Client: new (config: ClientConfig) => Client };
  const address: Address = { url: `pglite:${folder ?? "memory"}`, host: folder ?? "memory", name: "postgres", user: "postgres", isLocal: true };
  if (folder !== null) ignoreInGit(folder);
  const unlock = folder === null ? () => undefined : await lockEmbedded(folder, options.lockWait);
  let pglite: PGlite;
  try {
    const extensions = await loadExtensions(importPackage, options.extensions);
    pglite = await PGlite.create({ ...(folder === null ? {} : { dataDir: folder }), extensions });
  } catch (cause) {
    unlock();
    throw new GmigError("CONNECTION_FAILED", `The embedded database ${address.host} could not be opened: ${(cause as Error).message}`, { cause, data: { folder } });
  }
  let knex: Promise<Knex> | null = null;
  const connections = new Set<Connection>();
  return {
    kind: "embedded",
    address,
    async connect() {
      const connection = await openConnection(new PgClient(createPgConfig(pglite)), address);
      connections.add(connection);
      return connection;
    },
    knex() {
      knex ??= createKnex(importPackage, { ...config, client: config.client ?? "pg", connection: () => createPgConfig(pglite) as Knex.StaticConnectionConfig });
      return knex;
    },
    async close() {
      try {
        await Promise.allSettled([...[...connections].map(async (connection) => connection.close()), knex?.then(async (instance) => instance.destroy())]);
        if (!pglite.closed) await pglite.close();
      } finally {
        unlock();
      }
    },
  };
}
