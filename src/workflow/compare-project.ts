import { type Comparison, compareModels } from "../autogenerate/compare/compare-models.js";
import type { Answers } from "../autogenerate/compare/question.js";
import type { Config } from "../config/config.js";
import type { ComparedObject } from "../config/user-config.js";
import type { Connection } from "../database/database.js";
import { queryFailed } from "../database/database-error.js";
import { readHoldings } from "../database/holdings.js";
import { canonicalTables } from "../database/introspect/canonical-tables.js";
import type { ObjectName } from "../schema/object-name.js";
import type { Schema } from "../schema/schema.js";
import type { Canonicalise } from "../schema/scratch-table.js";
import { openCanonicalCache } from "./canonical-cache.js";
import { includes, rewritten } from "./config-functions.js";
import { openScratch } from "./open-scratch.js";
import type { Sources } from "./sources.js";

export interface CompareProjectOptions {
  /** Also drops tables and columns that no model mentions. */
  readonly dropUndeclared?: boolean | undefined;
  /** Relations make foreign keys on tables that are there, too; as configured when left out. */
  readonly foreignKeys?: boolean | undefined;
  readonly concurrently?: boolean | undefined;
  readonly answers?: Answers | undefined;
  /** Looks which tables hold rows, for warnings; without it every table is taken to. */
  readonly looksAtRows?: boolean | undefined;
}

/** What a comparison found, as the configuration's `rewrite` left it. */
export interface ProjectComparison extends Comparison {
  /** Whether there were changes and `rewrite` left none. */
  readonly rewrittenAway: boolean;
}

/** Models, and a database that is read. */
export interface Compared extends Sources {
  readonly actual: Schema;
}

/** Compares, as often as there are new answers. */
export type Compare = (answers: Answers) => Promise<ProjectComparison>;

/** Whether a scratch schema may be made in this database: not where it is only read, as on a standby, not without the right, not where event triggers would see it. */
const MAY_CANONICALISE = `select current_setting('transaction_read_only') = 'off' and has_database_privilege(current_database(), 'create')
  and not exists (select 1 from pg_event_trigger where evtenabled <> 'D') as may`;

/** Tables that belong to gmig or to Knex's own migrator, or that the configuration leaves out. */
function isForeign(config: Config, knexTables: ReadonlySet<string>): (table: ObjectName) => boolean {
  return ({ schema, name }) => name.startsWith("gmig_") || knexTables.has(name) || !includes(config, { kind: "table", schema, name });
}

/** Has PostgreSQL read declared SQL: in the database itself where that is allowed, else on a scratch database, which is opened when first needed. */
function canonicaliser({ project, database, connection, bareSchema }: Sources, serverVersion: number): { readonly canonical: Canonicalise; readonly close: () => Promise<void> } {
  const cache = openCanonicalCache(project.config.cache);
  let scratch: Awaited<ReturnType<typeof openScratch>> | null = null;
  let session: Promise<Connection> | null = null;
  const choose = async (): Promise<Connection> => {
    const [row] = await connection.query<{ may: boolean }>(MAY_CANONICALISE);
    if (row?.may === true) return connection;
    scratch = await openScratch(project);
    return (await scratch.create()).connect();
  };
  return {
    canonical: async (request) =>
      canonicalTables(
        {
          query: async (sql, values) => {
            session ??= choose();
            return (await session).query(sql, values);
          },
        },
        request,
        { serverVersion, bareSchema, cache },
      ).catch((error: unknown) => {
        throw queryFailed(error, database.address, "having it read what the models declare");
      }),
    async close() {
      cache.save();
      await scratch?.close();
    },
  };
}

/** The tables that hold rows; null where that cannot be told, and every table is then taken to. */
async function filledTables(connection: Connection, config: Config): Promise<ReadonlySet<string> | null> {
  try {
    return new Set((await readHoldings(connection, config.lockTimeout)).filter(({ holdsRows }) => holdsRows).map(({ name }) => name));
  } catch {
    return null;
  }
}

/**
 * Lets `use` compare models and database.
 *
 * @throws GmigError MODEL_INVALID, CONFIG_INVALID, CONNECTION_FAILED.
 */
export async function comparing<Result>(compared: Compared, options: CompareProjectOptions, use: (compare: Compare) => Promise<Result>): Promise<Result> {
  const { project, connection, names, actual } = compared;
  const { config } = project;
  const { schema: declared } = await compared.declare();
  const filled = options.looksAtRows === true ? await filledTables(connection, config) : null;
  const { canonical, close } = canonicaliser(compared, actual.serverVersion);
  const settings = {
    dropUndeclared: options.dropUndeclared ?? false,
    foreignKeys: options.foreignKeys ?? config.foreignKeys,
    concurrently: options.concurrently ?? false,
    enums: config.enums,
    hasRows: ({ schema, name }: ObjectName) => filled === null || filled.has(schema === "public" ? name : `${schema}.${name}`),
    isForeign: isForeign(config, names.knexTables),
    includes: (object: ComparedObject) => includes(config, object),
  };
  try {
    return await use(async (answers) => {
      const comparison = await compareModels({ declared, actual, canonical, answers, options: settings });
      const operations = rewritten(config, comparison.operations);
      return { ...comparison, operations, rewrittenAway: operations.length === 0 && comparison.operations.length > 0 };
    });
  } finally {
    await close();
  }
}
