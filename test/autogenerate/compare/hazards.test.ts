import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import { compare, type Case } from "../project.js";

const test = suite("compare/hazards");

test("what is lost, what rows may break, what a view holds", async () => {
  const comparison = await compare({
    sql: "create type mood as enum ('a', 'b'); create table t (id int, a int, m mood, big bigint, x text); create view v as select a, big from t",
    tables: {
      t: {
        columns: { id: {}, m: {}, big: { type: "int" }, x: { type: "varchar(5)" } },
        closed: true,
        enums: { mood: ["a"] },
        uniques: [{ columns: ["id"] }],
        checks: [{ expression: "id > 0" }],
      },
    },
    options: { hasRows: () => true },
  });
  assert.equal(comparison.hazards.map(({ kind, message, direction }) => `${direction} ${kind}: ${message}`), [
    "up rows may refuse: Fails where a row has a value that goes from mood: change it first",
    "up rows may refuse: Values of t.big may not fit into integer",
    "up view in the way: The view v reads t.big: drop it before and make it again after",
    "up rows may refuse: Values of t.x may not fit into character varying(5)",
    "up data loss: The values of t.a are lost",
    "up view in the way: The view v reads t.a: drop it before and make it again after",
    "up rows may refuse: Rows of t may break t_id_key",
    "up rows may refuse: Rows of t may break t_id_check",
  ]);
});

/** What becomes of `t (id)` and `u (t_id, …)`, whose foreign keys lead there, and what is said of it. */
const ENDS: readonly (readonly [what: string, sql: string, tables: Case["tables"], said: readonly string[]])[] = [
  ["a key changes alone", "create table t (id int primary key); create table u (t_id int references t)", { t: { columns: { id: { type: "uuid" } } }, u: { columns: { t_id: {} } } }, ["u_t_id_fkey can't be: u.t_id is integer, and t.id is uuid"]],
  ["what leads to it changes alone", "create table t (id int primary key); create table u (t_id int references t)", { t: { columns: { id: {} } }, u: { columns: { t_id: { type: "text" } } } }, ["u_t_id_fkey can't be: u.t_id is text, and t.id is integer"]],
  ["both change", "create table t (id int primary key); create table u (t_id int references t)", { t: { columns: { id: { type: "text" } } }, u: { columns: { t_id: { type: "varchar(9)" } } } }, []],
  ["the key becomes wider", "create table t (id int primary key); create table u (t_id int references t)", { t: { columns: { id: { type: "bigint" } } }, u: { columns: { t_id: {} } } }, []],
  ["a new one between a list and an element", "create table t (id int primary key); create table u (t_id int[])", { t: { columns: { id: {} } }, u: { columns: { t_id: {} }, foreignKeys: [{ columns: ["t_id"], references: { table: "t" } }] } }, ["u_t_id_fkey can't be: u.t_id is integer[], and t.id is integer"]],
  ["one of two enums", "create type a as enum ('x'); create type b as enum ('x'); create table t (id a primary key); create table u (t_id a references t)", { t: { columns: { id: {} } }, u: { columns: { t_id: { type: "b" } } } }, ["u_t_id_fkey can't be: u.t_id is b, and t.id is a"]],
];

for (const [what, sql, tables, said] of ENDS) {
  test(`a foreign key's ends: ${what}`, async () => {
    const { hazards } = await compare({ sql, tables, options: { hasRows: () => false } });
    assert.equal(hazards.filter(({ kind }) => kind === "types differ").map(({ message }) => message), said.map((words) => `The foreign key ${words}; give both one type`));
  });
}

test("a view holds a table that goes", async () => {
  const comparison = await compare({
    sql: "create table t (id int); create table u (a int, b int); create view v as select a, b from u",
    tables: { t: { columns: { id: {} } } },
    options: { hasRows: () => false, dropUndeclared: true },
  });
  assert.equal(comparison.operations.map(({ kind }) => kind), ["drop table"]);
  assert.equal(comparison.hazards.map(({ message }) => message), ["The view v reads u: drop it before"]);
});

test("a check or index reads a column whose type becomes another", async () => {
  const messages = async (more: TableSchema): Promise<readonly string[]> => {
    const comparison = await compare({
      sql: "create table t (id int, a text check (a in ('x', 'y')), b int); create index on t (b) where a = 'x'; create index on t (lower(a)); create index on t (a)",
      tables: { u: { renamedFrom: "t", columns: { id: {}, s: { renamedFrom: "a", type: "mood" }, b: { type: "bigint" } }, enums: { mood: ["x", "y"] }, ...more } },
    });
    return comparison.hazards.filter(({ kind }) => kind === "reader in the way").map(({ message }) => message);
  };
  const words = (part: string): string => `The ${part} of t reads u.s, and may make no sense with mood: drop it before and make it again after`;
  assert.equal(await messages({}), ["check t_a_check", "index t_b_idx", "index t_lower_idx"].map(words));
  assert.equal(await messages({ closed: true, checks: [], indexes: [] }), []);
});

test("an index whose method must be told how to look up the new type", async () => {
  const messages = async (from: string, index: string, to: string): Promise<readonly string[]> => {
    const sql = `create extension pg_trgm; create extension btree_gist; create table t (id int, a ${from}); create index i on t ${index}`;
    const comparison = await compare({ sql, tables: { t: { columns: { id: {}, a: { type: to } } } } });
    return comparison.hazards.filter(({ kind }) => kind === "reader in the way").map(({ message }) => message);
  };
  const words = (to: string): readonly string[] => [`The index i of t reads t.a, and may make no sense with ${to}: drop it before and make it again after`];
  assert.equal(await messages("text", "using gin (a gin_trgm_ops)", "int"), words("integer"));
  assert.equal(await messages("jsonb", "using gin (a)", "text"), words("text"));
  assert.equal(await messages("text", "(a)", "json"), words("json"));
  assert.equal(await messages("text", "using gist (id, a gist_trgm_ops)", "varchar(9)"), []);
  assert.equal(await messages("text", "(a text_pattern_ops)", "int"), []);
});

test("policies and triggers hold a column, a domain an enum", async () => {
  const sql = `create type mood as enum ('x', 'y'); create domain calm as mood; create table t (id int, a int, m mood, "Odd" int, name int); alter table t enable row level security;
    create policy p on t using (a > 0) with check ("Odd" > 1); create function f() returns trigger language plpgsql as 'begin return new; end';
    create trigger name before update of m, a on t for each row when (new."Odd" > 0) execute function f()`;
  const messages = async (tables: Case["tables"]): Promise<readonly string[]> =>
    (await compare({ sql, tables })).hazards.filter(({ kind }) => kind === "reader in the way").map(({ message, direction }) => `${direction} ${message}`);
  const words = (part: string, column: string): string => `The ${part} of t reads t.${column}: drop it before and make it again after`;
  assert.equal(await messages({ t: { columns: { a: { type: "bigint" } } } }), [words("policy p", "a"), words("trigger name", "a")].map((each) => `up ${each}`));
  assert.equal(await messages({ t: { closed: true, columns: { id: {}, a: {}, m: {} } } }), [words("policy p", "Odd"), words("trigger name", "Odd")].map((each) => `up ${each}`));
  assert.equal(await messages({ t: { columns: {}, enums: { mood: ["x", "y", "z"] } } }), ["down The domain calm is of mood: make it anew with the type", `down ${words("trigger name", "m")}`]);
});

test("what reads a column is found under the names that it has now", async () => {
  const sql = `create type mood as enum ('x', 'y'); create table t (id int, a int, m mood, gone int) partition by list (id); create view v as select a, m, gone from t; alter table t enable row level security;
    create policy p on t using (a > 0 and m = 'x')`;
  const tables = { u: { renamedFrom: "t", columns: { id: {}, b: { renamedFrom: "a", type: "bigint" }, n: { renamedFrom: "m" } }, enums: { mood: ["y", "x"] }, closed: true } };
  const messages = (await compare({ sql, tables })).hazards.filter(({ kind }) => ["reader in the way", "view in the way"].includes(kind)).map(({ message }) => message);
  assert.equal(messages, ["view v reads u.n", "policy p of t reads u.n", "view v reads u.b", "policy p of t reads u.b", "view v reads u.gone"].map((words) => `The ${words}: drop it before and make it again after`));
});

test("an index of a partition that the new type can't have", async () => {
  const sql = `create table t (id int, a text) partition by list (id); create table t1 partition of t default; create index i on t1 (a text_pattern_ops); create index j on t1 (a collate "C"); create index k on t1 (a, id); create index l on t (id, a text_pattern_ops)`;
  const messages = async (type: string): Promise<readonly string[]> =>
    (await compare({ sql, tables: { t: { columns: { a: { type } } } } })).hazards.filter(({ kind }) => kind === "reader in the way").map(({ message }) => message);
  assert.equal(await messages("int"), ["i", "j"].map((name) => `The index ${name} of t1 reads t.a, and may make no sense with integer: drop it before and make it again after`));
  assert.equal(await messages("varchar(9)"), []);
});

test("what an enum type is part of beside columns holds it", async () => {
  const sql = `create schema s; create type mood as enum ('x', 'y'); create table t (id int, m mood, n text default ('x'::mood)::text, check (n <> ('y'::mood)::text), check (m <> 'x'), c text generated always as (case when m = 'x' then 'a' end) stored);
    create function s.f(a int, m mood) returns int language sql as 'select 1'; create function "G"() returns mood[] language sql as 'select null::mood[]'; create procedure p(inout m mood) language plpgsql as 'begin end';
    create function sfunc(int, mood) returns int language sql as 'select 1'; create aggregate agg(mood) (sfunc = sfunc, stype = int); create type pair as (a mood, b int); create type r as range (subtype = mood);
    create function as_int(mood) returns int language sql immutable as 'select 1'; create cast (mood as int) with function as_int(mood); create operator <=> (rightarg = mood, function = as_int);
    create view v as select m from t; create view z as select c from t; create view w as select 'x'::mood::text as x; create index i on t (id) where 'x'::mood < 'y'; create index on t (id) where m = 'x'; create function plain() returns text language sql as 'select m::text from t';
    create function parsed(m mood) returns mood language sql begin atomic select m; end; create function seen(m mood) returns int language sql as 'select 1'; create view u as select seen('x') as x;
    create function definer(m mood) returns int language sql security definer as 'select 1'; create function others(m mood) returns int language sql as 'select 1'; create function checked(m mood) returns int language sql immutable as 'select 1'; create index on t (checked(m))`;
  const messages = async (tables: Case["tables"], options = {}): Promise<readonly string[]> =>
    (await compare({ sql: `${sql}; alter function others owner to pg_monitor`, tables, options })).hazards.filter(({ kind }) => kind === "reader in the way").map(({ message, direction }) => `${direction} ${message}`);
  const holders = [
    "aggregate agg(mood)", "cast (public.mood AS integer)", "composite type pair", "default value for public.t.n", "function G()", "function as_int(mood)", "function checked(m mood)", "function definer(m mood)", "function others(m mood)", "function parsed(m mood)", "function seen(m mood)", "function sfunc(integer, mood)",
    "function s.f(a integer, m mood)", "index i", "operator public.<=>(NONE,public.mood)", "procedure p(INOUT m mood)", "table constraint t_n_check on public.t", "type r", "view u", "view w",
  ];
  const views = (await compare({ sql, tables: { t: { columns: {}, enums: { mood: ["y", "x"] } } } })).hazards.filter(({ kind }) => kind === "view in the way");
  assert.equal(views.map(({ message }) => message), ["v reads t.m", "z reads t.c"].map((words) => `The view ${words}: drop it before and make it again after`));
  const made = ["function G()", "function s.f(a integer, m mood)", "procedure p(INOUT m mood)", "function checked(m mood)"];
  const left = holders.filter((holder) => !made.includes(holder));
  assert.equal(await messages({ t: { columns: {}, enums: { mood: ["x"] } } }), left.map((holder) => `up The ${holder} uses mood: drop it before and make it again after`));
  assert.equal(await messages({ t: { columns: {}, enums: { mood: ["x", "y", "z"] } } }), left.map((holder) => `down The ${holder} uses mood: drop it before and make it again after`));
  assert.equal(await messages({ t: { closed: true, columns: { id: {}, n: {}, c: { generated: null } } } }, { dropUndeclared: true }), holders.map((holder) => `up The ${holder} uses mood: drop it before`));
});

test("a partition key holds a column, and what reads it from a partition", async () => {
  const sql = `create type mood as enum ('x', 'y'); create table t (id int, m mood, n text, o int) partition by list (m); create table t1 partition of t default partition by range (o, lower(n)); create table t2 partition of t1 default;
    create view v as select n from t2; create function f() returns trigger language plpgsql as 'begin return new; end'; create trigger tr before update of id on t2 for each row execute function f(); alter table t2 add check (n <> 'x')`;
  const messages = async (schema: TableSchema): Promise<readonly string[]> =>
    (await compare({ sql, tables: { t: schema } })).hazards.filter(({ kind }) => ["reader in the way", "view in the way"].includes(kind)).map(({ message, direction }) => `${direction} ${message}`);
  const key = (table: string, column: string): string => `up The partition key of ${table} reads t.${column}, which PostgreSQL then neither changes nor drops: make the table anew`;
  assert.equal(await messages({ columns: {}, enums: { mood: ["y", "x"] } }), [key("t", "m")]);
  assert.equal(await messages({ columns: { o: { type: "bigint" } } }), [key("t1", "o")]);
  assert.equal(await messages({ columns: { id: { type: "bigint" } } }), ["up The trigger tr of t2 reads t.id: drop it before and make it again after"]);
  assert.equal(await messages({ columns: { n: { type: "int" } } }), [
    "up The check t2_n_check of t2 reads t.n, and may make no sense with integer: drop it before and make it again after", key("t1", "n"), "up The view v reads t.n: drop it before and make it again after",
  ]);
  assert.equal(await messages({ closed: true, columns: { id: {}, n: {}, o: {} } }), [key("t", "m")]);
});

test("values that an array can't give, or be given, whole: both ways", async () => {
  const found = async (from: string, to: string): Promise<readonly string[]> =>
    (await compare({ sql: `create table t (id int, v ${from})`, tables: { t: { columns: { v: { type: to } } } }, options: { hasRows: () => true } })).hazards
      .filter(({ kind }) => kind === "data loss")
      .map(({ kind, message, direction }) => `${direction} ${kind}: ${message}`);
  const first = "Of each value of t.v only the first element is kept: write how it becomes";
  const one = "Each value of t.v becomes one element, also where it is a list: write how it becomes";
  assert.equal(await found("text[]", "jsonb"), [`down data loss: ${one} text[]`]);
  assert.equal(await found("jsonb", "text[]"), [`up data loss: ${one} text[]`]);
  assert.equal(await found("text[]", "text"), [`up data loss: ${first} text`]);
  assert.equal(await found("text[]", "json"), [`up data loss: ${first} json`, `down data loss: ${one} text[]`]);
  assert.equal(await found("text", "text[]"), [`down data loss: ${first} text`]);
  assert.equal(await found("int[]", "bigint[]"), []);
});

test.run();
