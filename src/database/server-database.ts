import type { Knex } from "knex";
import type { Client, ClientConfig } from "pg";
import { GmigError } from "../errors.js";
import type { Address, Connection, Database } from "./database.js";
import { createKnex } from "./create-knex.js";
import { openConnection } from "./pg-connection.js";
import { importPg } from "./import-pg.js";
import type { ImportPackage } from "./user-package.js";

export interface ServerOptions {
  readonly importPackage: ImportPackage;
  /** How long to wait for the server to answer, in milliseconds. */
  readonly connectTimeout: number;
}

export type ClientClass = new (config: ClientConfig) => Client;

async function called(connection: () => unknown): Promise<unknown> {
  try {
    return await connection();
  } catch (cause) {
    throw new GmigError("CONFIG_INVALID", `The function "connection" of the Knex configuration threw: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/**
 * Returns what Knex's `connection` setting comes to: itself, or what its function returns.
 *
 * @throws GmigError CONFIG_INVALID when the function throws.
 */
export async function clientConfig(config: Knex.Config): Promise<ClientConfig> {
  const { connection } = config;
  const value: unknown = typeof connection === "function" ? await called(connection) : connection;
  if (typeof value === "string") return { connectionString: value };
  if (typeof value === "object" && value !== null) return value;
  return {};
}

function addressOf(client: Client): Address {
  const { host, port, database = "", user = "" } = client;
  const isSocket = host.startsWith("/");
  const path = encodeURIComponent(database);
  const shown = host.includes(":") ? `[${host}]` : host;
  return {
    url: isSocket ? `postgres://${encodeURIComponent(user)}@/${path}?host=${host}&port=${port}` : `postgres://${encodeURIComponent(user)}@${shown}:${port}/${path}`,
    host: isSocket ? `${host}/.s.PGSQL.${port}` : `${shown}:${port}`,
    name: database,
    user,
    isLocal: isSocket || /^(localhost|127(\.\d+){3}|::1)$/.test(host),
  };
}

/**
 * Opens a database on a server. Nothing is sent until the first connection.
 *
 * @throws GmigError CONFIG_INVALID when pg is missing or the address can't be read.
 */
export async function openServer(config: Knex.Config, options: ServerOptions): Promise<Database> {
  const { Client: PgClient } = (await importPg(options.importPackage)) as { Client: ClientClass };
  const settings = { ...(await clientConfig(config)), connectionTimeoutMillis: options.connectTimeout, application_name: "gmig" };
  const newClient = (): Client => {
    try {
      return new PgClient(settings);
    } catch (error) {
      const { code } = error as { code?: string };
      throw new GmigError("CONFIG_INVALID", `The database address cannot be read${code === undefined ? "" : ` (${code})`}; signs such as # / ? @ in a password are written as %23 %2F %3F %40`, { hint: "postgres://user:password@host:5432/name" });
    }
  };
  const address = addressOf(newClient());
  let knex: Promise<Knex> | null = null;
  const connections = new Set<Connection>();
  return {
    kind: "server",
    address,
    async connect() {
      const connection = await openConnection(newClient(), address);
      connections.add(connection);
      return connection;
    },
    knex() {
      knex ??= createKnex(options.importPackage, { ...config, connection: settings as Knex.StaticConnectionConfig });
      return knex;
    },
    async close() {
      await Promise.allSettled([...[...connections].map(async (connection) => connection.close()), knex?.then(async (instance) => instance.destroy())]);
    },
  };
}

