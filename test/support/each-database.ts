import type { Test } from "uvu";
import { freshFolder } from "./folder.js";
import { makePgliteFolder } from "./pglite.js";
import { freshDatabase, query } from "./postgres.js";

/** A database to test on, of either kind. */
export interface TestDatabase {
  readonly kind: "server" | "embedded";
  readonly url: string;
  /** What a query answers. Opens the embedded database for a moment. */
  readonly rows: <Row = Record<string, unknown>>(sql: string) => Promise<readonly Row[]>;
}

async function embeddedRows<Row>(folder: string, sql: string): Promise<readonly Row[]> {
  const { PGlite } = await import("@electric-sql/pglite");
  const pglite = await PGlite.create({ dataDir: folder });
  try {
    return (await pglite.query<Row>(sql)).rows;
  } finally {
    await pglite.close();
  }
}

/** Declares a test twice: on a PostgreSQL server, and on the embedded one. */
export function onEach(test: Test, name: string, run: (database: TestDatabase) => Promise<void>): void {
  test(`${name} (server)`, async () => {
    const { url } = await freshDatabase();
    await run({ kind: "server", url, rows: async (sql) => query(url, sql) });
  });
  test(`${name} (embedded)`, async () => {
    const folder = `${freshFolder()}/data`;
    await makePgliteFolder(folder);
    await run({ kind: "embedded", url: `pglite:${folder}`, rows: async (sql) => embeddedRows(folder, sql) });
  });
}
