import type { Config } from "../config/config.js";
import { queryFailed } from "../database/database-error.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { type LogLine, readLog } from "../database/read-ledger.js";
import { readProject } from "./project.js";
import { readingLedger } from "./with-ledger.js";

export interface LogResult {
  /** Newest first. */
  readonly log: readonly LogLine[];
}

/** Returns the last things that gmig did to the database: when, by whom, from which branch. */
export async function log(config: Config, limit = 50): Promise<LogResult> {
  return readingLedger(await readProject(config), {}, async ({ ledger, connection, database }) => {
    if (ledger.meta === null) return { log: [] };
    try {
      return { log: await readLog(connection, ledgerTables(config.ledgerSchema), limit) };
    } catch (error) {
      throw queryFailed(error, database.address, "reading the log");
    }
  });
}
