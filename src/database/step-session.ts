import { setImmediate as nextTurn } from "node:timers/promises";
import type { Knex } from "knex";
import type { Database } from "./database.js";
import { connectionFailed } from "./database-error.js";
import { quoteLiteral } from "./ledger-tables.js";

/** The driver's client beneath Knex. */
interface RawClient {
  readonly query: (sql: string) => Promise<unknown>;
  readonly processID?: number | null;
  /** False while a statement is on its way. */
  readonly readyForQuery?: boolean;
}

/** A statement as a body sent it. */
export interface SentStatement {
  readonly sql: string;
}

/** A transaction in which steps run. */
export interface StepTransaction {
  readonly knex: Knex;
  /** The statements that take back a role that a body has set: gmig's rows are written as whoever the project connects as. */
  readonly ownRole: () => string;
  /** Sends SQL on the step's connection, past Knex; returns the rows of the last statement. */
  readonly query: (sql: string) => Promise<readonly Record<string, unknown>[]>;
  /** Forgets whatever an earlier body set, and returns the transaction's id: a body that ends it can be told by that. */
  readonly prepare: () => Promise<string>;
  /** Sends SQL that begins with `ownRole`, commits, begins the next transaction and prepares it, all in one message, and returns the new transaction's id. */
  readonly commitAndBegin: (sql: string) => Promise<string>;
  /** Whether a statement is still on its way after the body has ended: the body did not wait for it. */
  readonly isBusy: () => Promise<boolean>;
  /** The statement that failed last, since the transaction was prepared; null when none did. */
  readonly failed: () => SentStatement | null;
  readonly commit: () => Promise<void>;
  readonly rollback: () => Promise<void>;
}

/** The connection that bodies run on. */
export interface StepSession {
  readonly begin: () => Promise<StepTransaction>;
  /** The same connection without a transaction. Its `query` sends one statement at a time. */
  readonly outside: () => Promise<Omit<StepTransaction, "commit" | "rollback" | "ownRole" | "commitAndBegin">>;
  /** The server process that runs the bodies, once it is known. */
  readonly processId: () => number | null;
}

export interface SessionOptions {
  readonly lockTimeout: string;
}

interface Setting {
  readonly name: string;
  readonly setting: string;
}

/** What Knex and the user's own `afterCreate` set on a new connection; RESET would take it away. */
const SESSION_SETTINGS = `select name, setting from pg_settings where source = 'session' and name not in ('lock_timeout')`;
const CURRENT_ROLE = "select current_user as role, session_user as login";

async function rows(client: RawClient, sql: string): Promise<readonly Record<string, unknown>[]> {
  const result = await client.query(sql);
  const last: unknown = Array.isArray(result) ? result.at(-1) : result;
  return (last as { rows?: readonly Record<string, unknown>[] } | undefined)?.rows ?? [];
}

/** The statements that bring a connection back to how the user's project opens it: its role, its settings, and both. */
interface Reset {
  readonly role: string;
  readonly settings: string;
  readonly all: string;
}

async function readReset(client: RawClient): Promise<Reset> {
  const set = (await rows(client, SESSION_SETTINGS)) as unknown as readonly Setting[];
  const [who] = (await rows(client, CURRENT_ROLE)) as unknown as readonly { role: string; login: string }[];
  const restore = set.map(({ name, setting }) => `select set_config(${quoteLiteral(name)}, ${quoteLiteral(setting)}, false);`);
  const own = who === undefined || who.role === who.login ? "" : `\nselect set_config('role', ${quoteLiteral(who.role)}, false);`;
  const role = `reset session authorization;\nreset role;${own}`;
  const settings = ["reset all;", ...restore].join("\n");
  return { role, settings, all: `reset session authorization;\n${settings}\n${role}` };
}

/** Opens the connection that bodies run on. It is the user's Knex with one connection, so that gmig's rows commit with the body's changes. */
export function openSession(database: Database, options: SessionOptions): StepSession {
  let reset: Reset | null = null;
  let failed: SentStatement | null = null;
  let processId: number | null = null;
  const watched = new WeakSet<Knex>();
  const watch = (knex: Knex): void => {
    if (watched.has(knex)) return;
    watched.add(knex);
    knex.on("query-error", (_error: unknown, statement: SentStatement) => {
      failed = { sql: statement.sql };
    });
  };
  const resetting = async (client: RawClient): Promise<Reset> => {
    processId = client.processID ?? null;
    reset ??= await readReset(client);
    return reset;
  };
  const started = `set local lock_timeout = ${quoteLiteral(options.lockTimeout)};\nselect pg_current_xact_id()::text as id`;
  return {
    processId: () => processId,
    async begin() {
      const instance = await database.knex();
      const transaction = await instance.transaction().catch((error: unknown) => {
        throw connectionFailed(error, database.address);
      });
      watch(transaction);
      // A rollback is told by whoever asked for it.
      transaction.executionPromise.catch(() => undefined);
      const client = (await (transaction as unknown as { client: { acquireConnection: () => Promise<RawClient> } }).client.acquireConnection());
      const query = async (sql: string): Promise<readonly Record<string, unknown>[]> => rows(client, sql);
      return {
        knex: transaction as unknown as Knex,
        query,
        ownRole: () => reset?.role ?? "",
        async prepare() {
          failed = null;
          const { all } = await resetting(client);
          const [row] = await query(`${all}\n${started}`);
          return String(row?.["id"]);
        },
        async commitAndBegin(sql) {
          const { settings } = await resetting(client);
          const [row] = await query(`${sql}\ncommit;\nbegin;\n${settings}\n${started}`);
          failed = null;
          return String(row?.["id"]);
        },
        async isBusy() {
          // A statement that nobody waits for is sent a moment later.
          await nextTurn();
          return client.readyForQuery === false;
        },
        failed: () => failed,
        async commit() {
          await transaction.commit();
          // Knex tells only here that COMMIT itself failed, as it does for deferred constraints.
          await transaction.executionPromise;
        },
        async rollback() {
          await transaction.rollback();
        },
      };
    },
    async outside() {
      const instance = await database.knex();
      watch(instance);
      const acquire = async <Result>(use: (client: RawClient) => Promise<Result>): Promise<Result> => {
        const { client } = instance as unknown as { client: { acquireConnection: () => Promise<RawClient>; releaseConnection: (client: RawClient) => Promise<void> } };
        const raw = await client.acquireConnection().catch((error: unknown) => {
          throw connectionFailed(error, database.address);
        });
        try {
          return await use(raw);
        } finally {
          await client.releaseConnection(raw);
        }
      };
      return {
        knex: instance,
        query: async (sql) =>
          acquire(async (client) => {
            try {
              return await rows(client, sql);
            } catch (error) {
              failed = { sql };
              throw error;
            }
          }),
        async prepare() {
          failed = null;
          await acquire(async (client) => {
            await client.query((await resetting(client)).all);
          });
          return "";
        },
        async isBusy() {
          await nextTurn();
          return (instance.client as { pool: { numUsed: () => number } }).pool.numUsed() > 0;
        },
        failed: () => failed,
      };
    },
  };
}
