import { createHash } from "node:crypto";
import { GmigError } from "../../errors.js";
import { quoteIdentifier } from "../../schema/identifier.js";
import { displayName } from "../../schema/object-name.js";
import type { Check } from "../../schema/constraint.js";
import type { CanonicalCheck, CanonicalColumn, CanonicalTable, ScratchColumn, ScratchRequest, ScratchTable } from "../../schema/scratch-table.js";
import type { Queryable } from "../queryable.js";
import { readColumns } from "./read-columns.js";
import { readConstraints } from "./read-constraints.js";
import { readIndexes } from "./read-indexes.js";
import { withReadingSettings } from "./reading-settings.js";
import { nameScratch, scratchStatements, withoutNumber, type ScratchStatement } from "./scratch-statements.js";

/** Canonical forms that were found before, by a key that tells all they follow from. */
export interface CanonicalCache {
  get(key: string): CanonicalTable | undefined;
  set(key: string, table: CanonicalTable): void;
}

export interface CanonicalOptions {
  /** `server_version_num`. */
  readonly serverVersion: number;
  /** The schema whose objects stand bare, as in the schema that is compared with. */
  readonly bareSchema: string;
  readonly cache?: CanonicalCache | undefined;
}

/** More would run out of `max_locks_per_transaction`. */
const BATCH = 100;

/**
 * Has PostgreSQL read declared SQL and print it in its own words: makes the tables in scratch schemas, reads them back with the catalogue
 * queries that the real ones are read with, and rolls back. `session` must be one connection outside of a transaction that may create schemas.
 * MODEL_INVALID names the first SQL that PostgreSQL refuses.
 */
export async function canonicalTables(
  session: Queryable,
  request: ScratchRequest,
  options: CanonicalOptions,
): Promise<readonly CanonicalTable[]> {
  const { cache, serverVersion, bareSchema } = options;
  // What all have in common is taken in once: enums may be many, and so are tables.
  const common = createHash("sha256").update(JSON.stringify([serverVersion, bareSchema, request.enums]));
  const keys = request.tables.map((table) => common.copy().update(JSON.stringify(table)).digest("base64url"));
  const found = keys.map((key) => cache?.get(key));
  const missing = request.tables.filter((_, place) => found[place] === undefined);
  const made: CanonicalTable[] = [];
  for (let start = 0; start < missing.length; start += BATCH) {
    made.push(...(await makeBatch(session, { ...request, tables: missing.slice(start, start + BATCH) }, bareSchema)));
  }
  return found.map((table, place) => {
    const known = table ?? made.shift();
    if (known === undefined) throw new GmigError("INTERNAL", "A scratch table was made and not read back");
    if (table === undefined) cache?.set(keys[place] ?? "", known);
    return known;
  });
}

async function makeBatch(
  session: Queryable,
  request: ScratchRequest,
  bareSchema: string,
): Promise<readonly CanonicalTable[]> {
  const [row] = await session.query<{ pid: string; path: string[] }>(
    "select pg_backend_pid()::text as pid, current_schemas(false)::text[] as path",
  );
  const scratch = nameScratch(request, bareSchema, `gmig_scratch_${row?.pid}`);
  const path = [scratch.bare, ...(row?.path ?? [])].map(quoteIdentifier).join(", ");
  const begin = `begin; set local lock_timeout = '1s'; ${scratch.schemas.map((name) => `create schema ${name}`).join("; ")};
    set local search_path = ${path}`;
  try {
    await session.query(begin);
    try {
      await session.query(scratchStatements(request, scratch, false).map(({ sql }) => sql).join(";\n"));
    } catch (error) {
      await session.query(`rollback; ${begin}`);
      await findCulprit(session, scratchStatements(request, scratch, true));
      throw error;
    }
    return await readBack(session, request.tables, scratch, bareSchema);
  } finally {
    await session.query("rollback");
  }
}

/** Runs one by one what failed together, and throws for the statement that does. */
async function findCulprit(session: Queryable, statements: readonly ScratchStatement[]): Promise<void> {
  for (const { sql, table, what } of statements) {
    try {
      await session.query(sql);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const of = table === null ? "" : ` of ${displayName(table)}`;
      throw new GmigError("MODEL_INVALID", `PostgreSQL refuses ${what}${of}: ${reason}`, {
        data: { table: table === null ? null : displayName(table), what },
        cause,
      });
    }
  }
}

async function readBack(
  session: Queryable,
  tables: readonly ScratchTable[],
  scratch: ReturnType<typeof nameScratch>,
  bareSchema: string,
): Promise<readonly CanonicalTable[]> {
  return withReadingSettings(session, [scratch.bare, bareSchema], async (serverVersion) => {
    const rows = await session.query<{ id: string; schema: string; name: string }>(
      `select c.oid::text as id, n.nspname::text as schema, c.relname::text as name from pg_class c
       join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1::text[]) and c.relkind = 'r'`,
      [scratch.schemas],
    );
    const idOf = new Map(rows.map(({ id, schema, name }) => [JSON.stringify([schema, name]), id]));
    const columns = await readColumns(session, scratch.schemas, new Map());
    const constraints = await readConstraints(session, scratch.schemas, serverVersion, columns);
    const indexes = await readIndexes(session, scratch.schemas, serverVersion, columns);
    return tables.map((table) => {
      const id = idOf.get(JSON.stringify([scratch.schemaOf(table.schema), table.name])) ?? "";
      const own = constraints.get(id) ?? [];
      const read = scratch.restore({
        columns: (columns.byRelation.get(id) ?? []).map(({ name, type, collation, default: value, generated }) => ({ name, type, collation, default: value, generated })),
        checks: own.flatMap((each) => (each.type === "check" ? [checkOf(each.constraint)] : [])),
        exclusions: own.flatMap((each) => (each.type === "exclusion" ? [renamed(each.constraint)] : [])),
        indexes: (indexes.get(id) ?? []).map(renamed),
      });
      return { ...read, columns: read.columns.filter((column) => !table.columns.some((asked) => isAsAsked(column, asked))) };
    });
  });
}

function checkOf({ name, expression, uses }: Check): CanonicalCheck {
  return { name, expression, uses };
}

function isAsAsked(read: CanonicalColumn, asked: ScratchColumn): boolean {
  return (
    read.name === asked.name && read.type === asked.type && read.collation === asked.collation && read.default === asked.default &&
    read.generated === null && asked.generated === null
  );
}

function renamed<T extends { readonly name: string }>(part: T): T {
  return { ...part, name: withoutNumber(part.name) };
}
