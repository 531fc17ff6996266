import type { ComparedObject, ComparedOperation, DatabaseSetting, Environment, StepEvent } from "./user-config.js";

/** What is around a command, passed in so that nobody else looks at it. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person can see and answer: decides whether the embedded PostgreSQL may be taken without being named. */
  readonly interactive: boolean;
  /** The environment for Git alone, where it differs: a hook is told by it which repository it runs in, and the user's code must not be. */
  readonly gitEnv?: Readonly<Record<string, string | undefined>> | undefined;
}

/** What the command line says beside the configuration; each takes precedence over environment and file. */
export interface ConfigFlags {
  readonly config?: string | undefined;
  readonly database?: string | undefined;
  readonly environment?: string | undefined;
  readonly name?: string | undefined;
}

/** Where the database is to be found: named, or to be looked for in this order: `DATABASE_URL` or `PG*`, a knexfile, the embedded PostgreSQL. */
export type DatabaseChoice =
  | { readonly kind: "named"; readonly setting: DatabaseSetting; readonly from: string }
  | { readonly kind: "unnamed"; readonly embeddedAllowed: boolean };

/** A configuration, resolved: absolute folders, defaults filled in, one database. Frozen. */
export interface Config {
  /** The name among several databases, or null. */
  readonly name: string | null;
  /** The folder of the configuration file, or of `.migrations`. */
  readonly root: string;
  readonly file: string | null;
  /** Where compiled modules and the header index lie; safe to delete. */
  readonly cache: string;
  readonly database: DatabaseChoice;
  readonly migrations: readonly string[];
  readonly recursive: boolean;
  readonly models: readonly string[];
  /** By flag or `GMIG_ENVIRONMENT`: said on purpose, so that it marks any new ledger. */
  readonly environmentSaid: Environment | null;
  /** By the configuration file: marks a new ledger of a local, empty database only. */
  readonly environment: Environment | null;
  readonly schemas: readonly string[];
  readonly enums: "check" | "native";
  readonly foreignKeys: boolean;
  readonly include: ((object: ComparedObject) => boolean) | null;
  readonly rewrite: ((operations: readonly ComparedOperation[]) => readonly ComparedOperation[]) | null;
  /** A command, false for none, or null to look for one. */
  readonly formatter: string | false | null;
  readonly register: readonly string[];
  readonly ledgerSchema: string;
  readonly lockTimeout: string;
  readonly shadow: string | null;
  readonly template: string | null;
  readonly fileName: string;
  readonly onStep: ((step: StepEvent) => void | Promise<void>) | null;
  /** The environment variables that a database or a knexfile is chosen by. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Those that Git is run with. */
  readonly gitEnv: Readonly<Record<string, string | undefined>>;
}
