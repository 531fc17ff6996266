import { suite } from "uvu";
import * as assert from "uvu/assert";
import { canonicalTables } from "../../../src/database/introspect/canonical-tables.js";
import { readSchema } from "../../../src/database/introspect/read-schema.js";
import { diffSchemas, describeDifference } from "../../../src/schema/diff-schemas.js";
import { freshPglite, type FreshPglite } from "../../support/pglite.js";
import { connect, freshDatabase } from "../../support/postgres.js";

const test = suite("introspect/pglite");

let pglite: FreshPglite;
test.before.each(async () => {
  pglite = await freshPglite();
});
test.after.each(() => pglite.close());

const SQL = `
  create schema billing; create type mood as enum ('sad', 'ok'); create domain positive as int not null check (value > 0);
  create table users (id int generated always as identity primary key, email text not null unique, "Order" numeric(12,2) default 0, mood mood default 'ok',
    age positive, low text generated always as (lower(email)) stored, check ("Order" >= 0), exclude using btree (email with =) where (age > 1));
  create table billing.bills (id serial not null, user_id int not null references users on delete cascade, at date not null, primary key (id, at)) partition by range (at);
  create table billing.bills_1 partition of billing.bills for values from ('2024-01-01') to ('2025-01-01');
  create index on users (lower(email) text_pattern_ops desc, mood) include (age) where mood <> 'sad';
  create unique index on users using btree (email collate "C");
  comment on column users.email is 'where to write';
  create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger t before insert on users for each row execute function f();
  alter table users enable row level security; create policy p on users using (age > 1);`;

test("an embedded PostgreSQL 18 and a server of any version read the same", async () => {
  await pglite.query(SQL);
  const server = await connect((await freshDatabase()).url);
  try {
    await server.query(SQL);
    const [embedded, real] = [await readSchema(pglite), await readSchema(server)];
    const differences = diffSchemas(embedded, real).filter(({ kind, attribute }) => kind !== "extension" && attribute !== "grants" && attribute !== "owner");
    assert.equal(differences.map(describeDifference), []);
    assert.is(Math.floor(embedded.serverVersion / 10_000), 18);
    assert.is(real.tables.length, 3);
  } finally {
    await server.close();
  }
});

test("declared SQL is read there too, and nothing stays behind", async () => {
  await pglite.query("create type mood as enum ('sad')");
  const column = { name: "a", type: "mood", collation: null, default: "'sad'", generated: null };
  const request = { enums: [], tables: [{ schema: "public", name: "t", columns: [column], checks: [{ name: "c", expression: "a='sad'" }], indexes: [], exclusions: [] }] };
  const [read] = await canonicalTables(pglite, request, { serverVersion: 180000, bareSchema: "public" });
  assert.equal([read?.columns[0]?.default, read?.checks[0]?.expression], ["'sad'::mood", "(a = 'sad'::mood)"]);
  assert.equal((await readSchema(pglite)).namespaces.map(({ name }) => name), ["public"]);
});

test.run();
