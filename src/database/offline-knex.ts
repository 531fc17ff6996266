import type { Knex } from "knex";
import { createKnex } from "./create-knex.js";
import { inlineValues, type PrepareValue } from "./inline-values.js";
import { type ImportPackage, importPeer } from "./user-package.js";

/** Knex without a database: it writes down what it is asked to send. */
export interface OfflineKnex {
  /** Runs a body and returns the statements that it sent, values written in, and whether it read anything. */
  readonly capture: (run: (knex: Knex) => unknown, inTransaction: boolean) => Promise<{ readonly statements: readonly string[]; readonly reads: boolean }>;
}

interface QueryObject {
  readonly sql: string;
  readonly bindings?: readonly unknown[];
  readonly method?: string;
  readonly output?: unknown;
  readonly returning?: unknown;
  response?: unknown;
}

interface PgClientPart {
  _driver(): unknown;
  initializePool(): void;
  acquireConnection(): Promise<object>;
  releaseConnection(): Promise<void>;
  destroy(): Promise<void>;
  _query(connection: object, query: QueryObject): Promise<QueryObject>;
}

const READING_METHODS: ReadonlySet<string | undefined> = new Set(["select", "first", "pluck"]);

/** Whether the caller wants rows back, of which there are none here. */
function isRead({ sql, method, output, returning }: QueryObject): boolean {
  if (READING_METHODS.has(method) || output !== undefined || returning !== undefined) return true;
  return method === "raw" && /^\s*(select|with|table|values|show)\b/i.test(sql);
}

/**
 * Makes a Knex of the user's own version that captures statements. Its PostgreSQL client is subclassed, so that builders, schema builders and raw
 * statements are all seen as they would be sent; reads come back empty.
 */
export async function offlineKnex(importPackage: ImportPackage, config: Knex.Config): Promise<OfflineKnex> {
  const probe = await createKnex(importPackage, { ...config, client: "pg", connection: {} });
  const PgClient = (probe.client as { constructor: new (...args: readonly unknown[]) => PgClientPart }).constructor;
  await probe.destroy();
  const { prepareValue } = (await importPeer(importPackage, "pg/lib/utils.js")) as { prepareValue: PrepareValue };
  let sent: QueryObject[] = [];
  class CapturingClient extends PgClient {
    override _driver(): unknown {
      return {};
    }
    override initializePool(): void {
      // There is nothing to connect to.
    }
    override async acquireConnection(): Promise<object> {
      return {};
    }
    override async releaseConnection(): Promise<void> {
      // Nothing was acquired.
    }
    override async destroy(): Promise<void> {
      // Nothing was opened.
    }
    override async _query(_connection: object, query: QueryObject): Promise<QueryObject> {
      sent.push(query);
      query.response = { command: READING_METHODS.has(query.method) ? "SELECT" : "", rows: [], rowCount: 0 };
      return query;
    }
  }
  const knex = await createKnex(importPackage, { ...config, client: CapturingClient as unknown as typeof Knex.Client, connection: {}, version: "16" } as Knex.Config);
  return {
    async capture(run, inTransaction) {
      sent = [];
      if (inTransaction) {
        const transaction = await knex.transaction();
        // The BEGIN is the script's own.
        sent = [];
        await run(transaction);
      } else await run(knex);
      return { statements: sent.map(({ sql, bindings = [] }) => inlineValues(sql, bindings, prepareValue)), reads: sent.some(isRead) };
    },
  };
}
