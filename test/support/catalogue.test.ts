import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dumpCatalogue } from "./catalogue.js";
import { type Connection, connect, freshDatabase, type FreshDatabase } from "./postgres.js";

interface Context {
  database: FreshDatabase;
  connection: Connection;
}

const test = suite<Context>("support/catalogue");

test.before.each(async (context) => {
  context.database = await freshDatabase();
  context.connection = await connect(context.database.url);
});

test.after.each(async ({ connection, database }) => {
  await connection.close();
  await database.drop();
});

/** What exists, each statement that changes it, and a word that only the change brings into the dump. */
const BASE = `
  create table parent (id int primary key, name text, kind text default 'a', at timestamptz);
  create table child (id int, parent_id int);
  create type mood as enum ('sad', 'happy');
  create domain positive as int;
  create sequence counter;
  create function answer() returns int language sql as 'select 42';
  create function touched() returns trigger language plpgsql as 'begin return new; end';
  create view names as select name from parent;
  create trigger touch before update on parent for each row execute function touched();
  create policy visible on parent using (id > 0)`;

const CHANGES: readonly (readonly [change: string, brings: RegExp])[] = [
  ["create schema other", /^schema other$/m],
  ["comment on schema public is 'c1'", /^schema public .*comment 'c1'$/m],
  ["create extension citext", /^extension citext in public$/m],
  ["create table t ()", /^table public.t$/m],
  ["create unlogged table t ()", /^table public.t unlogged$/m],
  ["create table t (n int) partition by range (n)", /^partitioned table public.t partition by RANGE \(n\)$/m],
  ["create table t () inherits (parent)", /^table public.t inherits public.parent$/m],
  ["create table t (n int) with (fillfactor = 50)", /fillfactor=50/],
  ["comment on table parent is 'it''s'", /^table public.parent comment 'it''s'$/m],
  ["alter table parent enable row level security", /^table public.parent row security$/m],
  ["alter table parent replica identity full", /replica identity f$/m],
  ["grant select on parent to public", /^table public.parent acl .*=r\//m],
  ["alter table parent add extra varchar(20)", /^column public.parent.extra character varying\(20\)$/m],
  ["alter table parent alter name set not null", /^column public.parent.name text not null$/m],
  ["alter table parent alter kind set default 'b'", /default 'b'::text$/m],
  ["alter table parent alter id add generated always as identity", /id integer not null generated always as identity$/m],
  ["alter table parent add g int generated always as (id + 1) stored", /stored generated as \(id \+ 1\)$/m],
  [`alter table parent add c text collate "C"`, /c text collate "C"$/m],
  ["alter table parent alter name set storage external", /name text storage e$/m],
  ["comment on column parent.name is 'n'", /name text comment 'n'$/m],
  ["alter table parent add constraint k check (id > 5)", /^constraint k on public.parent CHECK \(\(id > 5\)\)$/m],
  ["alter table parent add constraint k check (id > 5) not valid", /NOT VALID$/m],
  ["alter table parent add constraint u unique (name) deferrable", /UNIQUE \(name\) DEFERRABLE$/m],
  ["alter table child add foreign key (parent_id) references parent on delete cascade", /REFERENCES public.parent\(id\) ON DELETE CASCADE$/m],
  ["alter table parent add constraint x exclude (id with =)", /EXCLUDE USING btree \(id WITH =\)$/m],
  ["create index i on parent (lower(name)) where id > 1", /^CREATE INDEX i ON public.parent .*lower\(name\).* WHERE/m],
  ["cluster parent using parent_pkey", /^CREATE UNIQUE INDEX parent_pkey .* clustered$/m],
  ["comment on index parent_pkey is 'i'", /parent_pkey .* comment 'i'$/m],
  ["alter type mood add value 'so' before 'happy'", /^enum public.mood \('sad', 'so', 'happy'\)$/m],
  ["alter domain positive add constraint p check (value > 0)", /^domain public.positive integer constraint p CHECK \(\(VALUE > 0\)\)$/m],
  ["create type pair as (a int, b text)", /^column public.pair.b text$/m],
  ["create type r as range (subtype = int)", /^range public.r of integer$/m],
  ["alter sequence counter increment 5 cycle", /^sequence public.counter .* increment 5 .* cycle$/m],
  ["alter sequence counter owned by parent.id", /^sequence public.counter .* owned by public.parent.id$/m],
  ["create or replace view names as select upper(name) as name from parent", /^view public.names as .*\n?.*upper/m],
  ["create materialized view m as select 1 as one", /^materialized view public.m as/m],
  ["create or replace function answer() returns int language sql as 'select 43'", /select 43/],
  ["create function answer(int) returns int language sql as 'select 1'", /^function public.answer\(integer\)/m],
  ["create procedure p() language sql as 'select 1'", /CREATE OR REPLACE PROCEDURE public.p\(\)/],
  ["create aggregate total(int) (sfunc = int4pl, stype = int)", /^function public.total\(integer\) aggregate int4pl$/m],
  ["alter table parent disable trigger touch", /EXECUTE FUNCTION public.touched\(\) enabled D$/m],
  ["create trigger other after insert on parent execute function touched()", /^CREATE TRIGGER other /m],
  ["create rule nothing as on delete to parent do instead nothing", /^CREATE RULE nothing/m],
  ["alter policy visible on parent using (id > 7)", /using \(id > 7\)$/m],
  ["create policy p on parent as restrictive for insert with check (true)", /^policy p on public.parent restrictive a to public check true$/m],
  ["create statistics s on id, name from parent", /^CREATE STATISTICS public.s/m],
  [`create collation o (provider = libc, locale = 'C')`, /^collation public.o provider c/m],
  ["create function e() returns event_trigger language plpgsql as 'begin end'; create event trigger v on sql_drop execute function e()", /^event trigger v on sql_drop/m],
];

for (const [change, brings] of CHANGES) {
  test(`the dump shows: ${change}`, async ({ connection }) => {
    await connection.query(BASE);
    const before = await dumpCatalogue(connection);
    assert.not.match(before, brings);
    await connection.query(change);
    assert.match(await dumpCatalogue(connection), brings);
  });
}

test("the same schema made in another order, with a detour, gives the same dump", async ({ connection }) => {
  await connection.query("create table a (id int primary key, n text); create table b (a int references a); create index i on a (n)");
  const dump = await dumpCatalogue(connection);
  await connection.query("drop table a, b");
  await connection.query("create table b (a int); create table a (id int, gone int, n text); alter table a drop gone");
  await connection.query("create index i on a (n); alter table a add primary key (id); alter table b add foreign key (a) references a");
  assert.is(await dumpCatalogue(connection), dump);
});

test("columns in another order differ, unless columns are sorted", async ({ connection }) => {
  await connection.query("create table a (x int, y int)");
  const [inOrder, sorted] = [await dumpCatalogue(connection), await dumpCatalogue(connection, { sortColumns: true })];
  await connection.query("drop table a; create table a (y int, x int)");
  assert.is.not(await dumpCatalogue(connection), inOrder);
  assert.is(await dumpCatalogue(connection, { sortColumns: true }), sorted);
});

test("gmig's own objects are left out when asked", async ({ connection }) => {
  const empty = await dumpCatalogue(connection);
  await connection.query("create table gmig_log (id serial primary key, at timestamptz); create index on gmig_log (at)");
  assert.is.not(await dumpCatalogue(connection), empty);
  assert.is(await dumpCatalogue(connection, { withoutGmig: true }), empty);
});

test("the search path is empty meanwhile, and afterwards what it was", async ({ connection }) => {
  await connection.query("create table t (n int check (n > 0)); create schema s");
  const dump = await dumpCatalogue(connection);
  await connection.query("set search_path = s, public");
  assert.is(await dumpCatalogue(connection), dump);
  assert.equal(await connection.query("show search_path"), [{ search_path: "s, public" }]);
});

test.run();
