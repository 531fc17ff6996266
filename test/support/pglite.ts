import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Extensions, PGlite } from "@electric-sql/pglite";
import type { Queryable } from "../../src/database/queryable.js";
import { cached } from "./cache-folder.js";

export interface FreshPglite extends Queryable {
  /** For a driver of its own, as `createPgConfig(pglite)` for Knex. */
  readonly pglite: PGlite;
  /** May be called twice. */
  close(): Promise<void>;
}

/**
 * An embedded PostgreSQL in memory with an empty database, in about a second: it starts from prepared data in the cache.
 * Close it in `after.each` or a `finally`: PostgreSQL's own timers in an open one keep Node alive for ever.
 */
export async function freshPglite(extensions: Extensions = {}): Promise<FreshPglite> {
  const data = await readFile(join(await cached(`pglite-${await version()}`, prepare), "data.tar"));
  const pglite = await PGlite.create({ loadDataDir: new Blob([data]), extensions });
  return {
    pglite,
    async query<Row>(sql: string, values?: readonly unknown[]) {
      if (values !== undefined) return (await pglite.query<Row>(sql, [...values])).rows;
      const last = (await pglite.exec(sql)).at(-1);
      return (last?.rows ?? []) as unknown as readonly Row[];
    },
    async close() {
      if (!pglite.closed) await pglite.close();
    },
  };
}

/** Makes a folder that PGlite opens as an empty database: copied from the cache, since making one anew takes seconds. */
export async function makePgliteFolder(folder: string): Promise<void> {
  const entry = await cached(`pglite-folder-${await version()}`, async (building) => {
    const pglite = await PGlite.create({ dataDir: join(building, "data") });
    await pglite.close();
  });
  await cp(join(entry, "data"), folder, { recursive: true });
}

async function prepare(folder: string): Promise<void> {
  const pglite = await PGlite.create();
  try {
    const data = await pglite.dumpDataDir("none");
    await writeFile(join(folder, "data.tar"), Buffer.from(await data.arrayBuffer()));
  } finally {
    await pglite.close();
  }
}

/** The package's own manifest is not among its exports. */
async function version(): Promise<string> {
  const manifest = await readFile(new URL("../package.json", import.meta.resolve("@electric-sql/pglite")), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
