import { randomBytes } from "node:crypto";
import { Client } from "pg";
import type { Queryable } from "../../src/database/queryable.js";
import { DEFAULT_MAJOR } from "./postgres-binaries.js";
import { startServer } from "./postgres-server.js";

export { dumpCatalogue, type DumpOptions } from "./catalogue.js";
export { startServer, type TestServer } from "./postgres-server.js";

export interface FreshDatabase {
  readonly url: string;
  /** Ends every connection to it and removes it. What a test leaves is removed when its file ends. */
  drop(): Promise<void>;
}

export interface FreshDatabaseOptions {
  /** A URL with a host and a password instead of one over the socket. */
  readonly tcp?: boolean;
}

/** A connection that must be closed. */
export interface Connection extends Queryable {
  close(): Promise<void>;
}

let server: Promise<string> | undefined;
let major: Promise<number> | undefined;
const left = new Set<FreshDatabase>();

/** The URL of the server's own database, as a superuser: a foreign server, the run's, or one that this file starts for itself. */
export function serverUrl(): Promise<string> {
  const given = process.env["GMIG_TEST_DATABASE_URL"] ?? process.env["GMIG_TEST_SERVER"];
  server ??=
    given === undefined
      ? startServer(Number(process.env["GMIG_TEST_POSTGRES"] ?? DEFAULT_MAJOR)).then(({ url }) => url)
      : Promise.resolve(given);
  return server;
}

/** The major version of the server that {@link freshDatabase} uses: 14 to 18. */
export function serverMajor(): Promise<number> {
  major ??= serverUrl().then(async (url) => {
    const [row] = await query<{ version: string }>(url, "select current_setting('server_version_num') as version");
    return Math.floor(Number(row?.version) / 10_000);
  });
  return major;
}

/** A new, empty database of its own name, owned by the superuser. */
export async function freshDatabase({ tcp = false }: FreshDatabaseOptions = {}): Promise<FreshDatabase> {
  const admin = await serverUrl();
  const name = `gmig_${randomBytes(6).toString("hex")}`;
  // The way by the log, which is the default since 15, is the slower one where nothing need survive a crash.
  const strategy = (await serverMajor()) >= 15 ? "strategy file_copy" : "";
  await query(admin, `create database ${name} template template0 ${strategy}`);
  const url = new URL(admin);
  url.pathname = name;
  if (tcp) url.searchParams.delete("host");
  const database: FreshDatabase = {
    url: url.href,
    async drop() {
      left.delete(database);
      await query(admin, `drop database if exists ${name} with (force)`);
    },
  };
  left.add(database);
  return database;
}

process.on("beforeExit", () => void dropLeft());

async function dropLeft(): Promise<void> {
  for (const database of left) await database.drop();
}

/** A single connection to the database at this URL. */
export async function connect(url: string): Promise<Connection> {
  const client = new Client(url);
  // A dropped database ends the connection: the query that meets it reports that.
  client.on("error", () => {});
  await client.connect();
  return {
    async query<Row>(sql: string, values?: readonly unknown[]) {
      const result: unknown = values === undefined ? await client.query(sql) : await client.query(sql, [...values]);
      const last = (Array.isArray(result) ? result.at(-1) : result) as { rows: readonly Row[] };
      return last.rows;
    },
    close: () => client.end(),
  };
}

/** Sends this over a connection of its own and returns the rows, of the last statement when there are several. */
export async function query<Row = Record<string, unknown>>(
  url: string,
  sql: string,
  values?: readonly unknown[],
): Promise<readonly Row[]> {
  const connection = await connect(url);
  try {
    return await connection.query<Row>(sql, values);
  } finally {
    await connection.close();
  }
}
