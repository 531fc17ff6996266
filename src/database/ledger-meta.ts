import { GmigError } from "../errors.js";
import { createLedgerSql, LEDGER_FORMAT, type LedgerTables, quoteLiteral } from "./ledger-tables.js";
import type { Queryable } from "./queryable.js";

/** What a database says about itself. */
export interface LedgerMeta {
  readonly format: number;
  /** Names the database for good, whatever its address. */
  readonly databaseId: string;
  readonly environment: string | null;
}

/** Returns what the database says about itself, or null when gmig has never written to it. */
export async function readMeta(connection: Queryable, tables: LedgerTables): Promise<LedgerMeta | null> {
  const [there] = await connection.query<{ meta: string | null }>("select to_regclass($1)::text as meta", [tables.meta]);
  if (there === undefined || there.meta === null) return null;
  // Of a newer ledger no column but this one is known.
  const [row] = await connection.query<{ format: number; database_id: string; environment: string | null }>(`select * from ${tables.meta}`);
  if (row === undefined) return null;
  const { format } = row;
  if (format > LEDGER_FORMAT) {
    throw new GmigError("LEDGER_NEWER", `This database was last written by a newer gmig: its ledger has format ${format}, and this gmig knows ${LEDGER_FORMAT}`, {
      hint: "npm install gmig@latest",
      data: { format, known: LEDGER_FORMAT },
    });
  }
  return { format, databaseId: row.database_id, environment: row.environment };
}

/** Whether no table of the user's is there yet. */
export async function isEmptyDatabase(connection: Queryable): Promise<boolean> {
  const [row] = await connection.query<{ empty: boolean }>(
    `select not exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname !~ '^gmig_'
         and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')) as empty`,
  );
  return row?.empty ?? false;
}

/** Makes gmig's tables where they are missing, and returns what the database then says about itself. A mark is set with new tables only. */
export async function ensureLedger(connection: Queryable, tables: LedgerTables, environment: string | null): Promise<LedgerMeta> {
  await connection.query(`begin;\n${createLedgerSql(tables, environment)}\ncommit;`).catch(async (error: unknown) => {
    await connection.query("rollback");
    throw error;
  });
  const meta = await readMeta(connection, tables);
  if (meta === null) throw new GmigError("INTERNAL", `${tables.meta} is empty after it was made`);
  return meta;
}

/** Marks what a database is for. */
export async function writeEnvironment(connection: Queryable, tables: LedgerTables, environment: string): Promise<void> {
  await connection.query(`update ${tables.meta} set environment = ${quoteLiteral(environment)}`);
}
