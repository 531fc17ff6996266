import { createLedgerSql, LEDGER_FORMAT, type LedgerTables, quoteArray } from "./ledger-tables.js";

/** What the ledger has to hold at a place of a script: the rows, and how many revisions are applied. */
export interface ExpectedLedger {
  readonly rows: readonly string[];
  readonly applied: number;
}

function dollarTag(body: string): string {
  let tag = "$gmig$";
  for (let number = 1; body.includes(tag); number++) tag = `$gmig${number}$`;
  return tag;
}

/** The condition that the ledger is not what is expected, after its rows were read into `found`. */
function block(tables: LedgerTables, expected: ExpectedLedger, otherwise: string): string {
  const { ledger } = tables;
  const body = `
declare
  found text[];
begin
  select coalesce(array_agg(l.revision order by l.revision collate "C"), '{}') into found from ${ledger} l
  where l.state = 'applied' and not exists (select 1 from ${ledger} c where l.revision = any (c.parents) or l.revision = any (c.depends_on));
  if found is distinct from ${quoteArray([...expected.rows].sort())} or (select count(*) from ${ledger} where state = 'applied') <> ${expected.applied} then
    ${otherwise}
  end if;
end
`;
  const tag = dollarTag(body);
  return `do ${tag}${body}${tag};`;
}

function named(rows: readonly string[]): string {
  return (rows.length === 0 ? "base" : rows.join(", ")).replaceAll("'", "''").replaceAll("%", "%%");
}

/** Returns what a script begins with: gmig's tables, and the refusal of a database that is not where the script starts from. */
export function openingSql(tables: LedgerTables, environment: string | null, expected: ExpectedLedger): string {
  const refusal = `raise exception 'gmig: this script begins at ${named(expected.rows)}, but the database is at %', coalesce(nullif(array_to_string(found, ', '), ''), 'base');`;
  const newer = `do $gmig$ begin
  if exists (select from ${tables.meta} where format > ${LEDGER_FORMAT}) then
    raise exception 'gmig: this database was last written by a newer gmig than this script';
  end if;
end $gmig$;`;
  return `${createLedgerSql(tables, environment)}\n${newer}\n${block(tables, expected, refusal)}`;
}

/**
 * Returns what stands before each further transaction: when the one before it failed, the session ends here, so that nothing is built on it.
 * Ending the session stops psql and drivers alike, whatever their settings.
 */
export function continueSql(tables: LedgerTables, expected: ExpectedLedger): string {
  const stop = `raise warning 'gmig: the step before this one failed, so the script ends here';
    perform pg_terminate_backend(pg_backend_pid());`;
  return block(tables, expected, stop);
}
