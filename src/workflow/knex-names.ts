import type { Knex } from "knex";
import type { Config } from "../config/config.js";
import { GmigError } from "../errors.js";
import { NO_GIT } from "./actor.js";
import { findSource, projectKnexfile } from "./open-target.js";

export interface KnexNames {
  /** What the project's `wrapIdentifier` makes of a name; undefined where it has none. */
  readonly identifier: ((name: string) => string) | undefined;
  /** Tables of Knex's own migrator. */
  readonly knexTables: ReadonlySet<string>;
}

const DEFAULT_TABLE = "knex_migrations";

/** What can be read; null where it cannot, which is told where it is needed. */
async function ifReadable<Value>(reading: Promise<Value>): Promise<Value | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof GmigError) return null;
    throw error;
  });
}

/** A URL says nothing of names: then the project's knexfile does, for the application has its names from there whatever database it is on. */
async function naming(config: Config): Promise<Knex.Config | null> {
  const settings = (await ifReadable(findSource(config, NO_GIT)))?.knex;
  if (settings?.wrapIdentifier !== undefined || settings?.migrations !== undefined) return settings;
  return ifReadable(projectKnexfile(config));
}

/** Returns what the project's Knex configuration says of names: `knexSnakeCaseMappers` and its like, and where Knex's migrator keeps its own. */
export async function namesOf(config: Config): Promise<KnexNames> {
  const settings = await naming(config);
  const wrap = settings?.wrapIdentifier;
  const table = settings?.migrations?.tableName ?? DEFAULT_TABLE;
  return {
    identifier: wrap === undefined ? undefined : (name) => wrap(name, (value) => value, undefined),
    knexTables: new Set([table, `${table}_lock`]),
  };
}
