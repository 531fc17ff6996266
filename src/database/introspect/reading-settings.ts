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
  from unnest($1::text[], $2::text[]) as s(name, value)`;

/**
 * Runs `body` with the settings that make PostgreSQL print definitions the same way everywhere: objects of the `searchPath` bare, all others
 * with their schema. Afterwards the session has its own settings again; inside a transaction that `body` broke, its rollback brings them back.
 */
export async function withReadingSettings<T>(
  session: Queryable,
  searchPath: readonly string[],
  body: (serverVersion: number) => Promise<T>,
): Promise<T> {
  const settings = settingsFor(searchPath);
  const before = await session.query<{ name: string; was: string; version: number }>(SET, [
    Object.keys(settings),
    Object.values(settings),
  ]);
  const restore = (): Promise<unknown> =>
    session.query(SET, [before.map((row) => row.name), before.map((row) => row.was)]);
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
