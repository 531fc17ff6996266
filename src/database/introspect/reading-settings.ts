import { quoteIdentifier } from "../../schema/identifier.js";
import type { Queryable } from "../queryable.js";

/** What PostgreSQL's printing of definitions depends on, so that a role's or database's own settings can't change what is read; and no compiling of queries that run once. */
function settingsFor(searchPath: readonly string[]): Readonly<Record<string, string>> {
  return {
    search_path: [...searchPath.map(quoteIdentifier), "pg_temp"].join(", "),
    DateStyle: "ISO, MDY",
    IntervalStyle: "postgres",
    TimeZone: "UTC",
    extra_float_digits: "1",
    bytea_output: "hex",
    xmlbinary: "base64",
    lc_monetary: "C",
    quote_all_identifiers: "off",
    jit: "off",
  };
}

const SET = `
  select s.name, current_setting(s.name) as was, set_config(s.name, s.value, false),
    current_setting('server_version_num')::int4 as version
  from unnest($1::text[], $2::text[]) as s(name, value)
  where current_setting(s.name, true) is not null`;

/** While a snapshot is held others have the time, models that load: the role's or database's own limits are not meant for that. The second is there from PostgreSQL 17 on. */
const PATIENT = { idle_in_transaction_session_timeout: "0", transaction_timeout: "0" };

async function change(session: Queryable, settings: Readonly<Record<string, string>>): Promise<readonly { name: string; was: string; version: number }[]> {
  return session.query(SET, [Object.keys(settings), Object.values(settings)]);
}

/**
 * Runs `body` with the settings that make PostgreSQL print definitions the same way everywhere: objects of the `searchPath` bare, all others
 * with their schema. Afterwards the session has its own settings again; inside a transaction that `body` broke, its rollback brings them back.
 */
export async function withReadingSettings<T>(
  session: Queryable,
  searchPath: readonly string[],
  body: (serverVersion: number) => Promise<T>,
): Promise<T> {
  const before = await change(session, settingsFor(searchPath));
  const restore = async (): Promise<unknown> => change(session, Object.fromEntries(before.map(({ name, was }) => [name, was])));
  let result: T;
  try {
    result = await body(before[0]?.version ?? 0);
  } catch (error) {
    await restore().catch(() => undefined);
    throw error;
  }
  await restore();
  return result;
}

/**
 * Runs `body` with the same settings, so that all it reads is of one moment, and writes nothing. What PostgreSQL's own functions print is as
 * new as the call, though. `session` must be outside of a transaction.
 */
export async function inReadingSnapshot<T>(session: Queryable, searchPath: readonly string[], body: (serverVersion: number) => Promise<T>): Promise<T> {
  await session.query("begin isolation level repeatable read read only");
  try {
    const [first] = await change(session, { ...settingsFor(searchPath), ...PATIENT });
    return await body(first?.version ?? 0);
  } finally {
    // With it go the settings.
    await session.query("rollback").catch(() => undefined);
  }
}
