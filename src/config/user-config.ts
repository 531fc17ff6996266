import type { Knex } from "knex";

export type Environment = "development" | "test" | "production";

export const ENVIRONMENTS: readonly Environment[] = ["development", "test", "production"];

/** What a database function is told, so that each branch can have a database of its own. */
export interface DatabaseContext {
  readonly branch: string | null;
  readonly commit: string | null;
}

/** A URL (`postgres://…`, or `pglite:FOLDER` for the embedded PostgreSQL), or what Knex takes. */
export type DatabaseSource = string | Knex.Config;

export type DatabaseSetting = DatabaseSource | ((context: DatabaseContext) => DatabaseSource | Promise<DatabaseSource>);

/** A step as the `onStep` callback sees it, inside the step's transaction where it has one. */
export interface StepEvent {
  readonly revision: string;
  readonly direction: "up" | "down";
  readonly message: string;
  readonly knex: Knex;
}

/** What is compared, as `include` sees it. */
export interface ComparedObject {
  readonly kind: "table" | "column" | "constraint" | "index" | "enum";
  readonly schema: string;
  readonly name: string;
  /** Of what belongs to a table: its name, in the same schema. */
  readonly table?: string;
}

/** One schema change, as `rewrite` sees it: `kind` says which, the rest belongs to the kind. */
export interface ComparedOperation {
  readonly kind: string;
}

/** One database with its revisions: what a configuration file may hold, alone or under a name in `databases`. */
export interface DatabaseConfig {
  readonly database?: DatabaseSetting;
  /** The folder of the revisions, or several that make one graph; `.migrations` when left out. */
  readonly migrations?: string | readonly string[];
  /** Searches those folders' subfolders too. */
  readonly recursive?: boolean;
  /** Where the Objection models are: files or globs. */
  readonly models?: string | readonly string[];
  /** Marks a new, empty, local database; an existing one only by `gmig mark`. */
  readonly environment?: Environment;
  /** The schema of gmig's own tables; `public` when left out. */
  readonly ledgerSchema?: string;
  /** How long a statement may wait for a lock, as PostgreSQL writes it; `10s` when left out. */
  readonly lockTimeout?: string;
  /** A scratch database for checks, where the target's server cannot have one. */
  readonly shadow?: string;
  /** A file with placeholders such as `{revision}`, for new revisions. */
  readonly template?: string;
  /** The name of a new file without its extension; `{time}_{id}_{slug}` when left out. */
  readonly fileName?: string;
  /** The schemas that models are compared with; `public` when left out, and the first is that of models which name none. */
  readonly schemas?: readonly string[];
  /** What a listed string of a model becomes in a new column: text with a check (the default), or an enum type. */
  readonly enums?: "check" | "native";
  /** Whether relations of models make foreign keys on tables that are there, too. */
  readonly foreignKeys?: boolean;
  /** Leaves tables and what belongs to them out of the comparison. */
  readonly include?: (object: ComparedObject) => boolean;
  /** Changes the list of operations before it is written. */
  readonly rewrite?: (operations: readonly ComparedOperation[]) => readonly ComparedOperation[];
  /** What formats a written revision: found in the project (prettier, biome) when left out; false for nothing; or a command that takes the file. */
  readonly formatter?: string | false;
  /** Modules that are loaded before the models, which Node itself then loads: for projects with a loader of their own. */
  readonly register?: readonly string[];
  /** Called in each step's transaction, after the body and before the ledger row; an error fails the step. */
  readonly onStep?: (step: StepEvent) => void | Promise<void>;
}

/** What `gmig.config.ts` exports. */
export interface UserConfig extends DatabaseConfig {
  /** Several databases, chosen by `--name`; each inherits what stands beside `databases`. */
  readonly databases?: Readonly<Record<string, DatabaseConfig>>;
}

/**
 * Types a configuration, and returns it as it is.
 *
 * ```ts
 * export default defineConfig({ database: process.env.DATABASE_URL, migrations: ".migrations" });
 * ```
 */
export function defineConfig(config: UserConfig): UserConfig {
  return config;
}
