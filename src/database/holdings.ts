import { quoteLiteral, quoteName } from "./ledger-tables.js";
import type { Queryable } from "./queryable.js";

/** A table with its columns, as it stood before something ran. */
export interface Holding {
  /** PostgreSQL's own number for it, which a rename does not change. */
  readonly oid: string;
  /** Qualified, for messages. */
  readonly name: string;
  /** Qualified and quoted, for SQL. */
  readonly sql: string;
  readonly columns: ReadonlyMap<number, string>;
  readonly holdsRows: boolean;
  /** The table that it is a partition of; null when it is none. */
  readonly partOf: string | null;
}

/** A table or a column that is gone. */
export interface Gone {
  readonly table: Holding;
  /** The column; null when the whole table is gone. */
  readonly column: { readonly number: number; readonly name: string } | null;
}

/** Something that would go, and how much is in it. */
export interface Loss {
  readonly object: string;
  readonly kind: "table" | "column";
  /** Rows of the table, or values of the column. */
  readonly rows: number;
}

interface TableRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly part_of: string | null;
  readonly columns: Readonly<Record<string, string>>;
}

/**
 * Ordinary and partitioned tables of the user's; materialized views hold nothing of their own. Tables that the role cannot drop cannot go, and may
 * be unreadable.
 */
const TABLES = `
  select c.oid::text as oid, n.nspname as schema, c.relname as name,
    (select i.inhparent::text from pg_inherits i where c.relispartition and i.inhrelid = c.oid) as part_of,
    (select jsonb_object_agg(a.attnum, a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and (pg_has_role(c.relowner, 'USAGE') or pg_has_role(n.nspowner, 'USAGE')) and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relname !~ '^gmig_'
  order by c.oid`;

/** How many tables one query asks about: each takes a lock while it runs. */
const BATCH = 200;

async function readTables(connection: Queryable): Promise<readonly Omit<Holding, "holdsRows">[]> {
  const rows = await connection.query<TableRow>(TABLES);
  return rows.map(({ oid, schema, name, part_of, columns }) => ({
    oid,
    partOf: part_of,
    name: schema === "public" ? name : `${schema}.${name}`,
    sql: `${quoteName(schema)}.${quoteName(name)}`,
    columns: new Map(Object.entries(columns ?? {}).map(([number, column]) => [Number(number), column])),
  }));
}

/** Returns every table with its columns, and whether any row is in it: also one that a policy hides, which is then an error. */
export async function readHoldings(connection: Queryable, lockTimeout: string): Promise<readonly Holding[]> {
  await connection.query(`set row_security = off; set lock_timeout = ${quoteLiteral(lockTimeout)}`);
  const tables = await readTables(connection);
  const filled = new Set<string>();
  for (let start = 0; start < tables.length; start += BATCH) {
    const batch = tables.slice(start, start + BATCH);
    const asked = batch.map(({ oid, sql }) => `select '${oid}' as oid where exists (select from ${sql})`).join(" union all ");
    for (const { oid } of await connection.query<{ oid: string }>(asked)) filled.add(oid);
  }
  await connection.query("reset row_security; reset lock_timeout");
  return tables.map((table) => ({ ...table, holdsRows: filled.has(table.oid) }));
}

/** Returns what is gone of the tables that held rows. A partition that goes with its table, and its columns, count with that. */
export async function findGone(before: readonly Holding[], connection: Queryable): Promise<readonly Gone[]> {
  const now = new Map((await readTables(connection)).map((table) => [table.oid, table]));
  return before
    .filter(({ holdsRows }) => holdsRows)
    .flatMap((table): Gone[] => {
      const left = now.get(table.oid);
      const isPart = table.partOf !== null;
      if (left === undefined) return isPart && !now.has(table.partOf ?? "") ? [] : [{ table, column: null }];
      if (isPart) return [];
      return [...table.columns].filter(([number]) => !left.columns.has(number)).map(([number, name]) => ({ table, column: { number, name } }));
    });
}

/** Counts what is in the things that would go, once they are back; what holds nothing is left out. */
export async function countLosses(gone: readonly Gone[], connection: Queryable): Promise<readonly Loss[]> {
  const losses: Loss[] = [];
  for (const { table, column } of gone) {
    const what = column === null ? "*" : quoteName(column.name);
    const [row] = await connection.query<{ rows: string }>(`select count(${what})::text as rows from ${table.sql}`);
    const rows = Number(row?.rows ?? 0);
    if (rows > 0) losses.push({ object: column === null ? table.name : `${table.name}.${column.name}`, kind: column === null ? "table" : "column", rows });
  }
  return losses;
}
