import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Database } from "../database/database.js";
import { embeddedScratch } from "../database/embedded-scratch.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { readMeta } from "../database/ledger-meta.js";
import { openDatabase } from "../database/open-database.js";
import type { Scratch } from "../database/scratch.js";
import { serverScratch } from "../database/server-scratch.js";
import { readSource, type Source } from "../database/source.js";
import { packagesOf } from "../database/user-package.js";
import { GmigError } from "../errors.js";
import { NO_GIT } from "./actor.js";
import { extensionsOf, findSource } from "./open-target.js";
import type { Project } from "./project.js";

/** Whether a server's database says that it may be played with. */
async function isDevelopment(database: Database, schema: string): Promise<boolean> {
  const connection = await database.connect();
  const meta = await readMeta(connection, ledgerTables(schema));
  const [role] = await connection.query<{ may: boolean }>("select rolcreatedb or rolsuper as may from pg_roles where rolname = current_user");
  return (meta?.environment === "development" || meta?.environment === "test") && role?.may === true;
}

/** The target's own server, when its database is marked as development or test and the role may make databases. */
async function targetServer(project: Project): Promise<Scratch | null> {
  const { config } = project;
  const source = await findSource(config, NO_GIT).catch(() => null);
  if (source?.kind !== "server") return null;
  const options = { root: config.root, connectTimeout: 2000 };
  const database = await openDatabase(source, options);
  try {
    if (!(await isDevelopment(database, config.ledgerSchema))) return null;
  } catch {
    return null;
  } finally {
    await database.close();
  }
  return serverScratch(source, options).catch(() => null);
}

async function pgliteVersion(root: string): Promise<string> {
  for (const from of [join(root, "package.json"), import.meta.url]) {
    try {
      const entry = createRequire(from).resolve("@electric-sql/pglite");
      const manifest = JSON.parse(await readFile(join(dirname(entry), "..", "package.json"), "utf8")) as { version: string };
      return manifest.version;
    } catch {
      // The other place is tried next.
    }
  }
  return "unknown";
}

async function embedded(project: Project): Promise<Scratch> {
  const { root, cache } = project.config;
  return embeddedScratch({ importPackage: packagesOf(root), version: await pgliteVersion(root), cache, extensions: extensionsOf(project) });
}

/**
 * Opens a place for scratch databases: the target's own server when its database is a development one and the role may make others; else the
 * configured `shadow`; else the embedded PostgreSQL.
 *
 * @throws GmigError SCRATCH_UNAVAILABLE when there is none.
 */
export async function openScratch(project: Project): Promise<Scratch> {
  const { config } = project;
  const server = await targetServer(project);
  if (server !== null) return server;
  if (config.shadow !== null) {
    const source: Source = readSource(config.shadow, config.root);
    return source.kind === "server" ? serverScratch(source, { root: config.root }) : embedded(project);
  }
  try {
    return await embedded(project);
  } catch (cause) {
    if (!(cause instanceof GmigError) || cause.code !== "PGLITE_MISSING") throw cause;
    throw new GmigError("SCRATCH_UNAVAILABLE", "There is no database to try the merge on: the target is no development database, no shadow is configured, and PGlite is not installed", {
      cause,
      hint: "npm install @electric-sql/pglite",
    });
  }
}
