import type { Config } from "../config/config.js";
import type { Connection, Database } from "../database/database.js";
import { queryFailed } from "../database/database-error.js";
import { ensureLedger, isEmptyDatabase, type LedgerMeta, readMeta } from "../database/ledger-meta.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { type LedgerRow, readLedger } from "../database/read-ledger.js";
import { command, GmigError } from "../errors.js";

/** What a database remembers. */
export interface LedgerView {
  /** Null when gmig has never written to it. */
  readonly meta: LedgerMeta | null;
  /** The applied revisions, in the order of their application. */
  readonly applied: readonly LedgerRow[];
  /** Revisions that began outside a transaction and did not end. */
  readonly incomplete: readonly LedgerRow[];
}

/** Reads what a database remembers, without writing anything. */
export async function readLedgerView(connection: Connection, database: Database, schema: string): Promise<LedgerView> {
  const tables = ledgerTables(schema);
  try {
    const meta = await readMeta(connection, tables);
    const rows = meta === null ? [] : await readLedger(connection, tables);
    // A revision that is going down still counts as there.
    return { meta, applied: rows.filter(({ state }) => state !== "going-up"), incomplete: rows.filter(({ state }) => state !== "applied") };
  } catch (error) {
    throw queryFailed(error, database.address, "reading the ledger");
  }
}

/** The mark for a ledger that is being made: what was said on purpose, else the configuration's, for a local database that holds nothing yet. */
async function firstMark(connection: Connection, database: Database, config: Config): Promise<string | null> {
  if (config.environmentSaid !== null) return config.environmentSaid;
  if (config.environment === null || !database.address.isLocal) return null;
  return (await isEmptyDatabase(connection)) ? config.environment : null;
}

/** Makes the ledger where it is missing, and returns what the database says about itself. */
export async function makeLedger(connection: Connection, database: Database, config: Config): Promise<LedgerMeta> {
  const tables = ledgerTables(config.ledgerSchema);
  try {
    return (await readMeta(connection, tables)) ?? (await ensureLedger(connection, tables, await firstMark(connection, database, config)));
  } catch (error) {
    throw queryFailed(error, database.address, "making the ledger");
  }
}

/**
 * Refuses to go on where a step outside a transaction did not end.
 *
 * @throws GmigError STEP_INCOMPLETE.
 */
export function refuseIncomplete({ incomplete }: LedgerView): void {
  const [first] = incomplete;
  if (first === undefined) return;
  const { revision, state, appliedAt } = first;
  const mended = `if its change is there, run gmig stamp ${revision}; if it is undone, gmig stamp --forget ${revision}`;
  throw new GmigError("STEP_INCOMPLETE", `Revision ${revision} began ${state === "going-up" ? "going up" : "going down"} outside a transaction at ${appliedAt} and did not end. Look at the database: ${mended}`, {
    hint: command`gmig show ${revision}`,
    data: { revisions: incomplete.map((row) => row.revision), state },
  });
}
