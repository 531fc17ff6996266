import type { Config } from "../config/config.js";
import { GmigError } from "../errors.js";
import { NO_GIT } from "./actor.js";
import { findSource } from "./open-target.js";

export interface KnexNames {
  /** What the project's `wrapIdentifier` makes of a name; undefined where it has none. */
  readonly identifier: ((name: string) => string) | undefined;
  /** Tables of Knex's own migrator. */
  readonly knexTables: ReadonlySet<string>;
}

const DEFAULT_TABLE = "knex_migrations";

/** Returns what the project's Knex configuration says of names: `knexSnakeCaseMappers` and its like, and where Knex's migrator keeps its own. */
export async function namesOf(config: Config): Promise<KnexNames> {
  const source = await findSource(config, NO_GIT).catch((error: unknown) => {
    if (error instanceof GmigError) return null;
    throw error;
  });
  const wrap = source?.knex.wrapIdentifier;
  const table = source?.knex.migrations?.tableName ?? DEFAULT_TABLE;
  return {
    identifier: wrap === undefined ? undefined : (name) => wrap(name, (value) => value, undefined),
    knexTables: new Set([table, `${table}_lock`]),
  };
}
