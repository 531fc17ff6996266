import { randomBytes } from "node:crypto";
import type { Knex } from "knex";
import { GmigError } from "../errors.js";
import type { Database } from "./database.js";
import { readDriverError } from "./database-error.js";
import { quoteName } from "./ledger-tables.js";
import { openDatabase, type OpenOptions } from "./open-database.js";
import type { Scratch } from "./scratch.js";
import { type ClientClass, clientConfig } from "./server-database.js";
import type { Source } from "./source.js";
import { importPg } from "./import-pg.js";
import { type ImportPackage, packagesOf } from "./user-package.js";

/** Returns the Knex configuration with another database in its connection: as the driver reads it, since its addresses are not all URLs. */
async function withName(config: Knex.Config, name: string, importPackage: ImportPackage): Promise<Knex.Config> {
  const { Client: PgClient } = (await importPg(importPackage)) as { Client: ClientClass };
  const { connectionString, ...settings } = await clientConfig(config);
  const { host, port, user, password, ssl } = new PgClient({ ...settings, ...(connectionString === undefined ? {} : { connectionString }) });
  return { ...config, connection: { ...settings, host, port, user, password, ssl, database: name } as Knex.StaticConnectionConfig };
}

/**
 * Makes scratch databases on a server: of the version, and with the extensions, of the database that is there. They are removed on `close`.
 *
 * @throws GmigError SCRATCH_UNAVAILABLE when the role may not make databases.
 */
export async function serverScratch(source: Extract<Source, { kind: "server" }>, options: OpenOptions): Promise<Scratch> {
  const admin = await openDatabase(source, options);
  const connection = await admin.connect();
  const names = new Map<Database, string>();
  const made: string[] = [];
  const copyOf = async (template: string): Promise<Database> => {
    const name = `gmig_scratch_${randomBytes(6).toString("hex")}`;
    try {
      await connection.query(`create database ${quoteName(name)} template ${quoteName(template)}`);
    } catch (error) {
      const driver = readDriverError(error);
      throw new GmigError("SCRATCH_UNAVAILABLE", `No scratch database can be made on ${admin.address.host}: ${driver.message}`, {
        cause: error,
        hint: "set shadow in the configuration, or npm install @electric-sql/pglite",
        data: { sqlstate: driver.code },
      });
    }
    made.push(name);
    const database = await openDatabase({ kind: "server", knex: await withName(source.knex, name, packagesOf(options.root)) }, options);
    names.set(database, name);
    return database;
  };
  return {
    place: admin.address.host,
    create: async () => copyOf("template0"),
    async freeze(database) {
      await database.close();
      return { name: names.get(database) ?? "template0" };
    },
    thaw: async ({ name }) => copyOf(name),
    async close() {
      await Promise.allSettled([...names.keys()].map(async (database) => database.close()));
      for (const name of made) await connection.query(`drop database if exists ${quoteName(name)} with (force)`).catch(() => undefined);
      await admin.close();
    },
  };
}
