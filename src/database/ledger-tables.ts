/** The form of gmig's own tables. A newer one is refused by name; raise it with any change that an older gmig would misread. */
export const LEDGER_FORMAT = 1;

/** Returns a name in double quotes, whatever is in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Returns a value as a SQL literal, by PostgreSQL's rules for `'…'` and `E'…'`. */
export function quoteLiteral(value: string | null): string {
  if (value === null) return "null";
  const escaped = value.replaceAll("'", "''");
  return escaped.includes("\\") ? `E'${escaped.replaceAll("\\", "\\\\")}'` : `'${escaped}'`;
}

/** Returns a list of texts as an array literal. */
export function quoteArray(values: readonly string[]): string {
  return `array[${values.map(quoteLiteral).join(", ")}]::text[]`;
}

/** The qualified names of gmig's tables in a schema. */
export interface LedgerTables {
  readonly schema: string;
  readonly ledger: string;
  readonly log: string;
  readonly meta: string;
}

export function ledgerTables(schema: string): LedgerTables {
  const within = quoteName(schema);
  return { schema, ledger: `${within}.gmig_ledger`, log: `${within}.gmig_log`, meta: `${within}.gmig_meta` };
}

/**
 * Returns the statements that make gmig's tables where they are missing. Everything is named `gmig_*`.
 *
 * `gmig_ledger` holds a row for each applied revision, `gmig_log` everything that ever happened, `gmig_meta` one row about the database.
 */
export function createLedgerSql(tables: LedgerTables, environment: string | null): string {
  const { schema, ledger, log, meta } = tables;
  const makeSchema = schema === "public" ? "" : `create schema if not exists ${quoteName(schema)};\n`;
  return `${makeSchema}create table if not exists ${meta} (
  format integer not null,
  database_id text not null default gen_random_uuid()::text,
  environment text,
  created_at timestamptz not null default now()
);
create table if not exists ${ledger} (
  revision text primary key,
  parents text[] not null,
  depends_on text[] not null,
  blob text not null,
  file text not null,
  body text,
  applied_at timestamptz not null default clock_timestamp(),
  applied_by text not null,
  branch text,
  commit text,
  origin text,
  duration_ms integer not null,
  gmig_version text not null,
  state text not null
);
create table if not exists ${log} (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  revision text,
  outcome text not null,
  message text,
  done_by text not null,
  branch text,
  commit text,
  origin text,
  duration_ms integer not null,
  gmig_version text not null
);
insert into ${meta} (format, environment)
select ${LEDGER_FORMAT}, ${quoteLiteral(environment)} where not exists (select 1 from ${meta});`;
}
