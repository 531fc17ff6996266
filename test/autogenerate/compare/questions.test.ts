import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { CompareOptions } from "../../../src/autogenerate/compare/compare-options.js";
import type { Comparison } from "../../../src/autogenerate/compare/compare-models.js";
import { describe } from "../../../src/operation/operations.js";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import { modelOf, openProject, render } from "../project.js";

const test = suite("compare/questions");

interface Case {
  readonly sql: string;
  readonly tables: Readonly<Record<string, TableSchema>>;
  readonly options?: Partial<CompareOptions>;
  readonly answers?: Readonly<Record<string, string>>;
}

async function compare({ sql, tables, options = {}, answers = {} }: Case): Promise<Comparison> {
  const project = await openProject(sql);
  try {
    const models = Object.entries(tables).map(([name, schema]) => modelOf(name, schema, { idColumn: null }));
    return await project.compare(models, { answers: new Map(Object.entries(answers)), options });
  } finally {
    await project.close();
  }
}

const words = ({ operations }: Comparison): readonly string[] => operations.map(describe);
const asked = ({ questions }: Comparison) => questions.map(({ id, candidates, required }) => [id, candidates.join(), required]);

const RENAMED: Case = { sql: "create table users (id int, name text, age int)", tables: { users: { columns: { id: {}, full_name: { type: "varchar(50)" } } } } };

test("a new column beside one that an open model leaves out: added, and the rename is named", async () => {
  const comparison = await compare(RENAMED);
  assert.equal(words(comparison), ["add column users.full_name character varying(50)"]);
  assert.equal(asked(comparison), [["rename users.full_name", "name", false]]);
  assert.equal(comparison.suggestions.map(({ message }) => message), [
    "users.full_name is new; if it is name renamed, say renamedFrom in the model or --rename users.name:full_name",
  ]);
  assert.equal(comparison.kept.map(({ name }) => name), ["users.name", "users.age"]);
});

test("where the old one would be dropped, the answer is required", async () => {
  const closed = { ...RENAMED, tables: { users: { ...RENAMED.tables["users"], closed: true } } };
  assert.equal(asked(await compare(closed)), [["rename users.full_name", "name", true]]);
  assert.equal(asked(await compare({ ...RENAMED, options: { dropUndeclared: true } })), [["rename users.full_name", "name", true]]);
  assert.equal(words(await compare(closed)), ["add column users.full_name character varying(50)", "drop column users.name", "drop column users.age"]);
});

test("answers: renamed from, new, and nonsense", async () => {
  const renamed = await compare({ ...RENAMED, answers: { "rename users.full_name": "name" } });
  assert.equal(words(renamed), ["rename column users.name to full_name", "alter column users.full_name: type text becomes character varying(50)"]);
  assert.equal(asked(renamed), []);
  const added = await compare({ ...RENAMED, answers: { "rename users.full_name": "" } });
  assert.equal([words(added), asked(added)], [["add column users.full_name character varying(50)"], []]);
  try {
    await compare({ ...RENAMED, answers: { "rename users.full_name": "nope" } });
    assert.unreachable();
  } catch (error) {
    assert.equal([(error as { code: string }).code, (error as Error).message], ["USAGE", "There is no nope that could be renamed to users.full_name"]);
  }
});

test("a column of another family is no candidate, and one old column answers for one new", async () => {
  const number = await compare({ ...RENAMED, tables: { users: { columns: { id: {}, born: { type: "date" } } } } });
  assert.equal(asked(number), []);
  const two = await compare({
    sql: "create table t (a text)",
    tables: { t: { columns: { b: { type: "text", renamedFrom: "a" }, c: { type: "text", renamedFrom: "a" } } } },
  });
  assert.equal(words(two), ["rename column t.a to b", "add column t.c text"]);
});

test("a table outside of public is renamed by its name with the schema, or by the bare one, as the flag gives it", async () => {
  const inApp: Case = {
    sql: "create schema app; create table app.users (id int, name text)",
    tables: { "app.people": { columns: { id: { type: "int" }, name: { type: "text" } } } },
  };
  for (const answer of ["app.users", "users"]) {
    assert.equal(words(await compare({ ...inApp, answers: { "rename app.people": answer } })), ["rename table app.users to app.people"]);
  }
});

test("a new table like one that no model maps", async () => {
  const people: Case = {
    sql: "create table users (id int, name text); create table other (x int); create table knex_migrations (id int, name text)",
    tables: { people: { columns: { id: { type: "int" }, name: { type: "text" } } } },
    options: { isForeign: ({ name }) => name.startsWith("knex_") },
  };
  assert.equal(asked(await compare(people)), [["rename people", "users", false]]);
  assert.equal(words(await compare(people)), ["create table people"]);
  assert.equal(words(await compare({ ...people, answers: { "rename people": "users" } })), ["rename table users to people"]);
  const dropping = await compare({ ...people, options: { ...people.options, dropUndeclared: true } });
  assert.equal(asked(dropping), [["rename people", "users", true]]);
  assert.equal(words(dropping), ["create table people", "drop table other", "drop table users"]);
});

test("a value for a new column that may not be null is asked for where there are rows", async () => {
  const filled: Case = {
    sql: "create table t (id int, a int)",
    tables: { t: { columns: { id: {}, a: { nullable: false }, b: { type: "text", nullable: false }, c: { type: "int", nullable: false, default: "0" } } } },
    options: { hasRows: () => true },
  };
  const comparison = await compare(filled);
  assert.equal(asked(comparison), [["value t.b", "text", true], ["value t.a", "integer", true]]);
  assert.equal(comparison.hazards.map(({ kind, message }) => [kind, message]), [
    ["value needed", "Write the value that rows without one get in t.b"],
    ["value needed", "Write the value that rows without one get in t.a"],
  ]);
  const { up } = render(comparison, "sql");
  assert.match(up, "-- Fill t.b here: the next statement fails while a row has no value.\n-- update t set b = … where b is null;\nalter table t alter column b set not null;");
  const answered = await compare({ ...filled, answers: { "value t.b": "'x' || id", "value t.a": "0" } });
  assert.equal(asked(answered), []);
  assert.match(render(answered, "sql").up, "alter table t add column b text;\nupdate t set b = 'x' || id where b is null;\nalter table t alter column b set not null;");
  const empty = { ...filled, options: { hasRows: () => false } };
  assert.equal(asked(await compare(empty)), []);
  const given = await compare({ ...empty, answers: { "value t.b": "'x'" } });
  assert.ok(given.operations.some((operation) => JSON.stringify(operation).includes("'x'")), "what was given is used, though no row here needs it");
});

test("hazards: what is lost, what rows may break, what a view holds", async () => {
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

test("hazards: a view holds a table that goes", async () => {
  const comparison = await compare({
    sql: "create table t (id int); create table u (a int, b int); create view v as select a, b from u",
    tables: { t: { columns: { id: {} } } },
    options: { hasRows: () => false, dropUndeclared: true },
  });
  assert.equal(words(comparison), ["drop table u"]);
  assert.equal(comparison.hazards.map(({ message }) => message), ["The view v reads u: drop it before"]);
});

test("hazards: a check or index reads a column whose type becomes another", async () => {
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

test("hazards: an index whose method must be told how to look up the new type", async () => {
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

test("hazards: policies and triggers hold a column, a domain an enum", async () => {
  const sql = `create type mood as enum ('x', 'y'); create domain calm as mood; create table t (id int, a int, m mood, "Odd" int, name int); alter table t enable row level security;
    create policy p on t using (a > 0) with check ("Odd" > 1); create function f() returns trigger language plpgsql as 'begin return new; end';
    create trigger name before update of m, a on t for each row when (new."Odd" > 0) execute function f()`;
  const messages = async (tables: Parameters<typeof compare>[0]["tables"]): Promise<readonly string[]> =>
    (await compare({ sql, tables })).hazards.filter(({ kind }) => kind === "reader in the way").map(({ message, direction }) => `${direction} ${message}`);
  const words = (part: string, column: string): string => `The ${part} of t reads t.${column}: drop it before and make it again after`;
  assert.equal(await messages({ t: { columns: { a: { type: "bigint" } } } }), [words("policy p", "a"), words("trigger name", "a")].map((each) => `up ${each}`));
  assert.equal(await messages({ t: { closed: true, columns: { id: {}, a: {}, m: {} } } }), [words("policy p", "Odd"), words("trigger name", "Odd")].map((each) => `up ${each}`));
  assert.equal(await messages({ t: { columns: {}, enums: { mood: ["x", "y", "z"] } } }), ["down The domain calm is of mood: make it anew with the type", `down ${words("trigger name", "m")}`]);
});

test("hazards: what an enum type is part of beside columns holds it", async () => {
  const sql = `create schema s; create type mood as enum ('x', 'y'); create table t (id int, m mood, n text default ('x'::mood)::text, check (n <> ('y'::mood)::text), check (m <> 'x'), c text generated always as (case when m = 'x' then 'a' end) stored);
    create function s.f(a int, m mood) returns int language sql as 'select 1'; create function "G"() returns mood[] language sql as 'select null::mood[]'; create procedure p(inout m mood) language plpgsql as 'begin end';
    create function sfunc(int, mood) returns int language sql as 'select 1'; create aggregate agg(mood) (sfunc = sfunc, stype = int); create type pair as (a mood, b int); create type r as range (subtype = mood);
    create function as_int(mood) returns int language sql immutable as 'select 1'; create cast (mood as int) with function as_int(mood); create operator <=> (rightarg = mood, function = as_int);
    create view v as select m from t; create view z as select c from t; create view w as select 'x'::mood::text as x; create index i on t (id) where 'x'::mood < 'y'; create index on t (id) where m = 'x'; create function plain() returns text language sql as 'select m::text from t';
    create function parsed(m mood) returns mood language sql begin atomic select m; end; create function seen(m mood) returns int language sql as 'select 1'; create view u as select seen('x') as x;
    create function definer(m mood) returns int language sql security definer as 'select 1'; create function others(m mood) returns int language sql as 'select 1'; create function checked(m mood) returns int language sql immutable as 'select 1'; create index on t (checked(m))`;
  const messages = async (tables: Parameters<typeof compare>[0]["tables"], options = {}): Promise<readonly string[]> =>
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

test("hazards: a partition key holds a column, and what reads it from a partition", async () => {
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

test("nothing is dropped unasked: tables, columns, indexes and constraints that no model mentions are kept and listed", async () => {
  const comparison = await compare({
    sql: `create table t (id int primary key, a int unique, b int check (b > 0), c int references t exclude using btree (c with =) ); create index on t (b); create table u (x int);
      create table p (x int) partition by list (x); create table p1 partition of p default; create view v as select 1; create extension pg_stat_statements`.replace("references t exclude", "references t, exclude"),
    tables: { t: { columns: { id: {} }, uniques: [], checks: [], indexes: [], foreignKeys: [], excludes: [] }, p: { columns: { x: {} } } },
  });
  assert.equal(words(comparison), []);
  assert.equal(comparison.kept.map(({ kind, name }) => `${kind} ${name}`), [
    "table u", "column t.a", "column t.b", "column t.c", "unique constraint t.t_a_key", "check t.t_b_check", "exclusion constraint t.t_c_excl", "index t.t_b_idx", "foreign key t.t_c_fkey",
  ]);
  assert.equal(comparison.kept[1]?.table, { schema: "public", name: "t" });
});

test("what the project leaves out by name or kind is not looked at, on either side", async () => {
  const sql = "create type mood as enum ('a'); create table t (id int, a int, b int, old int); create index by_a on t (a); create table u (x int)";
  const tables = {
    t: { columns: { id: { nullable: false }, a: { type: "text" }, b: {}, made: { type: "int" } }, indexes: [{ columns: ["b"], name: "by_b" }], checks: [{ expression: "b > 0", name: "c" }], enums: { mood: ["a", "b"] }, closed: true, comment: "t" },
    v: { columns: { x: { type: "int" }, secret: { type: "int" } }, indexes: [{ columns: ["x"], name: "by_x" }] },
    w: { columns: { x: { type: "int" } } },
  };
  const all = words(await compare({ sql, tables, options: { dropUndeclared: true } }));
  assert.equal(all.length, 12);
  const leaveOut = (test: (object: { readonly kind: string; readonly name: string; readonly table?: string }) => boolean) =>
    compare({ sql, tables, options: { dropUndeclared: true, includes: (object) => !test(object) } });
  const gone = async (test: Parameters<typeof leaveOut>[0]): Promise<readonly string[]> => {
    const left = words(await leaveOut(test));
    return all.filter((word) => !left.includes(word));
  };
  assert.equal(await gone(({ kind }) => kind === "index"), ["drop index by_a on t (a)", "create index by_b on t (b)"]);
  assert.equal(await gone(({ kind }) => kind === "enum"), ["alter enum mood: add b"]);
  assert.equal(await gone(({ kind, name }) => kind === "column" && name !== "id"), ["add column t.made integer", "alter column t.a: type integer becomes text", "drop column t.old"]);
  assert.equal(await gone(({ kind, name }) => kind === "table" && ["u", "w"].includes(name)), ["create table w", "drop table u"]);
  assert.equal(await gone(({ table }) => table === "t").then((list) => list.length), 7);
  const comparison = await leaveOut(({ name }) => ["secret", "by_x"].includes(name));
  const made = comparison.operations.find((operation) => operation.kind === "create table" && operation.table.name === "v");
  assert.equal(made?.kind === "create table" && [made.table.columns.map(({ name }) => name), made.table.indexes], [["x"], []]);
});

test("a parent stays with a child that a model maps or that is left out, and goes without", async () => {
  const sql = "create table a (id int); create table b () inherits (a); create table c () inherits (b); create table p (id int); create table q () inherits (p)";
  const dropping = async (tables: Parameters<typeof compare>[0]["tables"], out: string) =>
    words(await compare({ sql, tables, options: { dropUndeclared: true, isForeign: ({ name }) => name === out } }));
  assert.equal(await dropping({ c: { columns: { id: {} } } }, ""), ["drop table q", "drop table p"]);
  assert.equal(await dropping({ p: { columns: { id: {} } } }, "c"), ["drop table q"]);
});

test("views, partitions, what an extension owns and unmanaged tables are left alone, whatever the models say", async () => {
  const comparison = await compare({
    sql: "create table t (x int) partition by list (x); create table t1 partition of t default; create view v as select 1 as a; create extension pg_stat_statements; create table own (a int)",
    tables: {
      t1: { columns: { y: { type: "int" } } },
      v: { columns: { b: { type: "int" } } },
      pg_stat_statements: { columns: { b: { type: "int" } } },
      own: { columns: { b: { type: "int" } }, managed: false },
      foreign: { columns: { b: { type: "int" } } },
    },
    options: { dropUndeclared: true, isForeign: ({ name }) => name === "foreign" },
  });
  assert.equal(words(comparison), []);
  assert.equal(comparison.kept.map(({ name, reason }) => [name, reason]), [["t", "it has partitions or children that stay"]]);
});

test.run();
