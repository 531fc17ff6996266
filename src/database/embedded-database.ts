import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { PGlite, PGliteOptions } from "@electric-sql/pglite";
import type { Knex } from "knex";
import type { Client, ClientConfig } from "pg";
import { GmigError } from "../errors.js";
import { createKnex } from "./create-knex.js";
import type { Address, Connection, Database } from "./database.js";
import { lockEmbedded } from "./embedded-lock.js";
import { openConnection } from "./pg-connection.js";
import { writeFailed } from "../write-failed.js";
import { importPg } from "./import-pg.js";
import type { ImportPackage } from "./user-package.js";

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

/** Makes the folder above a database's. `.gmig` ignores itself, so that a database never gets into a commit. */
function makeParent(folder: string): void {
  const parent = dirname(folder);
  const ignore = join(parent, ".gitignore");
  try {
    mkdirSync(parent, { recursive: true });
    if (basename(parent) === ".gmig" && !existsSync(ignore)) writeFileSync(ignore, "*\n");
  } catch (cause) {
    throw writeFailed(parent, cause, "made ready for the embedded database");
  }
}

/** Where an embedded database's files are: a folder, or memory, there beginning with prepared data. */
export type EmbeddedPlace = { readonly folder: string } | { readonly data: Blob | null };

/** An embedded database, which can also give its data away. */
export interface EmbeddedDatabase extends Database {
  /** Returns all of its data as a tar file. */
  readonly dump: () => Promise<Blob>;
}

async function startPglite(place: EmbeddedPlace, options: EmbeddedOptions): Promise<PGlite> {
  const { PGlite } = await importPglite<PgliteModule>(options.importPackage, "@electric-sql/pglite");
  const extensions = await loadExtensions(options.importPackage, options.extensions);
  if ("folder" in place) return PGlite.create({ dataDir: place.folder, extensions });
  return PGlite.create({ ...(place.data === null ? {} : { loadDataDir: place.data }), extensions });
}

/**
 * Opens the embedded PostgreSQL. Only one process at a time has a folder open.
 *
 * @throws GmigError PGLITE_MISSING, LOCK_HELD, CONNECTION_FAILED.
 */
export async function openEmbedded(place: EmbeddedPlace, config: Knex.Config, options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { importPackage } = options;
  const { createPgConfig } = await importPglite<AdapterModule>(importPackage, "@electric-sql/pglite/node-postgres");
  const { Client: PgClient } = (await importPg(importPackage)) as { Client: new (config: ClientConfig) => Client };
  const name = "folder" in place ? place.folder : "memory";
  const address: Address = { url: `pglite:${name}`, host: name, name: "postgres", user: "postgres", isLocal: true };
  if ("folder" in place) makeParent(place.folder);
  const unlock = "folder" in place ? await lockEmbedded(place.folder, options.lockWait) : () => undefined;
  const pglite = await startPglite(place, options).catch((cause: unknown) => {
    unlock();
    throw cause instanceof GmigError ? cause : new GmigError("CONNECTION_FAILED", `The embedded database ${name} could not be opened: ${(cause as Error).message}`, { cause, data: { url: address.url } });
  });
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
    dump: async () => pglite.dumpDataDir("none"),
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
