import { existsSync } from "node:fs";
import { absentDatabase } from "./absent-database.js";
import type { Database } from "./database.js";
import { openEmbedded } from "./embedded-database.js";
import { openServer } from "./server-database.js";
import type { Source } from "./source.js";
import { packagesOf } from "./user-package.js";

export interface OpenOptions {
  /** The project's folder, whose copies of pg, knex and PGlite are used. */
  readonly root: string;
  /** Milliseconds to wait for a server to answer; 10,000 when left out. */
  readonly connectTimeout?: number | undefined;
  /** Milliseconds to wait for another process that has the embedded database open; 60,000 when left out. */
  readonly lockWait?: number | undefined;
  /** Leaves an embedded database unmade that is not there, and shows it as an empty one. */
  readonly readOnly?: boolean | undefined;
  /** Extensions that the embedded database is opened with. */
  readonly extensions?: readonly string[] | undefined;
}

/**
 * Opens a database; the caller closes it.
 *
 * @throws GmigError CONFIG_INVALID, PGLITE_MISSING, LOCK_HELD, CONNECTION_FAILED.
 */
export async function openDatabase(source: Source, options: OpenOptions): Promise<Database> {
  const importPackage = packagesOf(options.root);
  if (source.kind === "server") return openServer(source.knex, { importPackage, connectTimeout: options.connectTimeout ?? 10_000 });
  if (options.readOnly === true && source.folder !== null && !existsSync(source.folder)) return absentDatabase(source.folder);
  const place = source.folder === null ? { data: null } : { folder: source.folder };
  return openEmbedded(place, source.knex, { importPackage, lockWait: options.lockWait ?? 60_000, extensions: options.extensions ?? [] });
}
