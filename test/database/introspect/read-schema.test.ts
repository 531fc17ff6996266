import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Queryable } from "../../../src/database/queryable.js";
import { readSchema } from "../../../src/database/introspect/read-schema.js";
import type { Schema } from "../../../src/schema/schema.js";
import type { Table } from "../../../src/schema/table.js";
import { connect, freshDatabase, serverMajor } from "../../support/postgres.js";

const test = suite("introspect/read-schema");

async function withConnection<T>(body: (connection: Queryable) => Promise<T>): Promise<T> {
  const connection = await connect((await freshDatabase()).url);
  try {
    return await body(connection);
  } finally {
    await connection.close();
  }
}

function read(sql: string): Promise<Schema> {
  return withConnection(async (connection) => {
    await connection.query(sql);
    return readSchema(connection);
  });
}

async function readTable(sql: string): Promise<Table> {
  const [table] = (await read(sql)).tables;
  assert.ok(table);
  return table;
}

test("a column has its type, nullability, default, collation, storage and comment in PostgreSQL's own spelling", async () => {
  const { columns } = await readTable(`
    create table t (
      a int8 not null default 7, b decimal(12, 2), c varchar(10) collate "C" default 'x', d timestamptz(3) default now(),
      e text[] default '{}', "F" interval day to second(2), g bytea);
    alter table t alter g set storage external;
    alter table t alter c set statistics 50;
    alter table t alter c set (n_distinct = 3);
    comment on column t.a is 'it''s a'`);
  assert.equal(
    columns.map(({ name, type, nullable, default: value }) => [name, type, nullable, value]),
    [
      ["a", "bigint", false, "7"],
      ["b", "numeric(12,2)", true, null],
      ["c", "character varying(10)", true, "'x'::character varying"],
      ["d", "timestamp(3) with time zone", true, "now()"],
      ["e", "text[]", true, "'{}'::text[]"],
      ["F", "interval day to second(2)", true, null],
      ["g", "bytea", true, null],
    ],
  );
  assert.is(columns[0]?.comment, "it's a");
  assert.is(columns[2]?.collation, '"C"');
  assert.is(columns[2]?.statistics, 50);
  assert.equal(columns[2]?.options, ["n_distinct=3"]);
  assert.is(columns[6]?.storage, "external");
});

test("identity, serial and generated columns are told apart", async () => {
  const schema = await read(`
    create table t (a int generated always as identity (start with 5 increment by 2), b serial, c int generated always as (a * 2) stored)`);
  const [a, b, c] = schema.tables[0]?.columns ?? [];
  assert.is(a?.identity?.generation, "always");
  assert.equal([a?.identity?.options.start, a?.identity?.options.increment], ["5", "2"]);
  assert.is(b?.default, "nextval('t_b_seq'::regclass)");
  assert.equal(c?.generated, { expression: "(a * 2)", uses: ["a"], kind: "stored" });
  assert.is(c?.default, null);
  assert.equal(
    schema.sequences.map(({ name, ownedBy }) => [name, ownedBy?.column]),
    [["t_b_seq", "b"]],
  );
});

test("constraints have every attribute, and NOT NULL is none of them", async () => {
  const schema = await read(`
    create table parent (a int, b int, primary key (a) include (b), unique (b, a), constraint later unique (a, b) deferrable initially deferred);
    create table child (
      a int not null, b int, c int constraint positive check (c > 0) no inherit,
      foreign key (b, a) references parent (b, a) match full on update cascade on delete set null deferrable,
      exclude using btree (c with =) where (b > 0));
    alter table child add constraint later foreign key (a) references parent not valid;
    comment on constraint positive on child is 'above zero'`);
  const [child, parent] = schema.tables;
  assert.equal(parent?.primaryKey?.include, ["b"]);
  assert.equal(parent?.uniques.map(({ name, deferral }) => [name, deferral]), [["later", "initially deferred"], ["parent_b_a_key", "not deferrable"]]);
  const [first, later] = child?.foreignKeys ?? [];
  assert.equal(first?.references, { table: { schema: "public", name: "parent" }, columns: ["b", "a"] });
  assert.equal(
    [first?.match, first?.onUpdate, first?.onDelete, first?.deferral, first?.validated],
    ["full", "cascade", "set null", "initially immediate", true],
  );
  assert.is(later?.validated, false);
  assert.equal(child?.checks, [
    { name: "positive", expression: "(c > 0)", uses: ["c"], noInherit: true, validated: true, enforced: true, comment: "above zero" },
  ]);
  assert.equal(child?.exclusions[0]?.uses, ["b", "c"]);
  assert.is(child?.exclusions[0]?.definition, "EXCLUDE USING btree (c WITH =) WHERE ((b > 0))");
});

test("an index has method, keys with collation, operator class and order, included columns and predicate", async () => {
  const { indexes } = await readTable(`
    create table t (a text, b text, c int, doc jsonb);
    create unique index one on t (lower(a) collate "C" text_pattern_ops desc nulls last, b desc, (c + 1) nulls first) include (doc) where b <> ', b';
    create index two on t using gin (doc jsonb_path_ops) with (fastupdate = off);
    create index three on t using hash ("a")`);
  const [one, three, two] = indexes;
  assert.equal(one?.keys, [
    { column: null, expression: "lower(a)", collation: '"C"', operatorClass: "text_pattern_ops", descending: true, nullsFirst: false },
    { column: "b", expression: "b", collation: null, operatorClass: null, descending: true, nullsFirst: true },
    { column: null, expression: "((c + 1))", collation: null, operatorClass: null, descending: false, nullsFirst: true },
  ]);
  assert.equal(one?.uses, ["a", "b", "c", "doc"]);
  assert.equal([one?.unique, one?.include, one?.predicate], [true, ["doc"], "(b <> ', b'::text)"]);
  assert.equal([two?.method, two?.keys[0]?.operatorClass, two?.options], ["gin", "jsonb_path_ops", ["fastupdate=off"]]);
  assert.is(three?.method, "hash");
});

test("partitions have what is their own, not what they have from the parent", async () => {
  const schema = await read(`
    create table t (a int primary key, b int check (b > 0) references t) partition by range (a);
    create index on t (b);
    create table t1 partition of t for values from (1) to (10);
    create index own on t1 (a, b);
    create unlogged table u (a int) with (fillfactor = 50)`);
  const [t, t1, u] = schema.tables;
  assert.is(t?.partitionBy, "RANGE (a)");
  assert.equal(t?.indexes.map(({ name }) => name), ["t_b_idx"]);
  assert.equal(t1?.partitionOf, { table: { schema: "public", name: "t" }, bound: "FOR VALUES FROM (1) TO (10)" });
  assert.equal([t1?.primaryKey, t1?.checks, t1?.foreignKeys, t1?.indexes.map(({ name }) => name)], [null, [], [], ["own"]]);
  assert.equal([u?.unlogged, u?.options], [true, ["fillfactor=50"]]);
});

test("types, views, routines, triggers, policies and extensions are there; what an extension owns is only named", async () => {
  const schema = await read(`
    create type mood as enum ('sad', 'happy');
    alter type mood add value 'ok' before 'happy';
    create domain positive as int not null default 1 check (value > 0);
    create type pair as (a int, b text);
    create sequence counter as smallint increment 2 cycle;
    create table t (a int);
    create view v as select a from t;
    create function f(a int) returns int language sql as 'select 1';
    create function tg() returns trigger language plpgsql as 'begin return new; end';
    create trigger before_insert before insert on t for each row execute function tg();
    create policy own on t for select using (a > 0);
    create extension citext;
    create extension pg_stat_statements;`);
  assert.equal(schema.enums.map(({ name, values }) => [name, values]), [["mood", ["sad", "ok", "happy"]]]);
  assert.equal(schema.domains[0]?.checks, [{ name: "positive_check", expression: "(VALUE > 0)", validated: true }]);
  assert.equal(schema.composites.map(({ name }) => name), ["pair"]);
  assert.equal(schema.sequences.map(({ name, type, cycle }) => [name, type, cycle]), [["counter", "smallint", true]]);
  assert.equal(schema.views.map(({ name, columns }) => [name, columns.length]), [["v", 1]]);
  assert.equal(schema.views[0]?.uses, [{ schema: "public", name: "t", column: "a" }]);
  assert.equal(schema.routines.map(({ name }) => name), ["f", "tg"]);
  assert.equal(schema.tables[0]?.triggers.map(({ name, enabled }) => [name, enabled]), [["before_insert", "origin"]]);
  assert.equal(schema.tables[0]?.policies.map(({ name, using }) => [name, using]), [["own", "(a > 0)"]]);
  const owns = (name: string) => schema.extensions.find((extension) => extension.name === name)?.owns ?? [];
  assert.ok(owns("citext").some((object) => object.kind === "type" && object.name === "citext"));
  assert.ok(owns("pg_stat_statements").some((object) => object.kind === "relation"));
});

test("what newer servers can say is read there", async () => {
  const major = await serverMajor();
  if (major >= 15) {
    const table = await readTable(`
      create table z (a int, b int, primary key (a, b));
      create table t (a int primary key, b int, c int, unique nulls not distinct (b),
        foreign key (b, c) references z (a, b) on delete set null (c))`);
    assert.is(table.uniques[0]?.nullsNotDistinct, true);
    assert.equal(table.foreignKeys[0]?.onDeleteColumns, ["c"]);
  }
  if (major >= 18) {
    const table = await readTable(`
      create extension btree_gist;
      create table t (a int4range, b int, c int generated always as (b + 1), primary key (b, a without overlaps),
        constraint lax check (b > 0) not enforced)`);
    assert.is(table.primaryKey?.withoutOverlaps, true);
    assert.equal(table.columns[2]?.generated, { expression: "(b + 1)", uses: ["b"], kind: "virtual" });
    assert.is(table.checks[0]?.enforced, false);
  }
});

test("definitions don't depend on the session, which keeps its settings, and the number of queries not on the tables", () => withConnection(async (connection) => {
  await connection.query(`
    create schema other; create type mood as enum ('a'); create type other.kind as enum ('b');
    create table t (a mood default 'a', b other.kind default 'b', c date default '2024-02-01', d timestamptz default '2024-02-01 00:00+00')`);
  let queries = 0;
  const counted: Queryable = {
    query: (sql, values) => {
      queries++;
      return connection.query(sql, values);
    },
  };
  const before = await readSchema(counted);
  const few = queries;
  await connection.query("set search_path = other; set datestyle = 'German'; set timezone = 'Asia/Tokyo'");
  await connection.query(Array.from({ length: 30 }, (_, n) => `create table other.t${n} (a int primary key)`).join(";"));
  queries = 0;
  const after = await readSchema(counted);
  assert.equal(after.tables.at(-1), before.tables.at(-1));
  assert.equal(after.tables.at(-1)?.columns.map((column) => column.default), [
    "'a'::mood", "'b'::other.kind", "'2024-02-01'::date", "'2024-02-01 00:00:00+00'::timestamp with time zone",
  ]);
  assert.is(queries, few);
  assert.ok(queries <= 12, `${queries} queries`);
  const rows = await connection.query<{ path: string; style: string }>(
    "select current_setting('search_path') as path, current_setting('datestyle') as style",
  );
  assert.equal(rows, [{ path: "other", style: "German, DMY" }]);
}));

test.run();
