import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Comparison } from "../../../src/autogenerate/compare/compare-models.js";
import { describe } from "../../../src/operation/operations.js";
import { compare, modelOf, openProject, render, type Case } from "../project.js";

const test = suite("compare/questions");

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

test("of many that it may have been, a few are named, and the question has all", async () => {
  const many: Case = { sql: "create table users (id int, a text, b text, c text, d text, e text)", tables: { users: { columns: { id: {}, f: { type: "text" } } } } };
  const comparison = await compare(many);
  assert.equal(asked(comparison), [["rename users.f", "a,b,c,d,e", false]]);
  assert.is(comparison.suggestions[0]?.message, "users.f is new; if it is a or b or c or one of 2 more renamed, say renamedFrom in the model or --rename users.a:f");
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

test("a table that moves to another schema, answered with or without public", async () => {
  const table = { columns: { id: { type: "int" }, name: { type: "text" } } };
  const toB: Case = { sql: "create schema a; create schema b; create table a.t (id int, name text)", tables: { "b.t": table } };
  assert.equal(words(await compare({ ...toB, answers: { "rename b.t": "a.t" } })), ["rename table a.t to b.t"]);
  const toPublic: Case = { ...toB, tables: { t: table } };
  for (const id of ["rename t", "rename public.t"]) assert.equal(words(await compare({ ...toPublic, answers: { [id]: "a.t" } })), ["rename table a.t to t"]);
  const open = await compare(toPublic);
  assert.equal(open.suggestions.map(({ kind, message }) => [kind, message]), [["rename", "t is new; if it is a.t renamed, say renamedFrom in the model or --rename a.t:public.t"]]);
  const fromPublic: Case = { ...toB, sql: "create schema b; create table t (id int, name text)" };
  for (const answer of ["t", "public.t"]) assert.equal(words(await compare({ ...fromPublic, answers: { "rename b.t": answer } })), ["rename table t to b.t"]);
});

test("an old column may be named with its table, under the old name or the new one", async () => {
  const moved: Case = { sql: "create table people (id int, name text)", tables: { users: { renamedFrom: "people", columns: { id: { type: "int" }, full_name: { type: "text" } } } } };
  for (const answer of ["name", "users.name", "people.name", "public.people.name"]) {
    assert.equal(words(await compare({ ...moved, answers: { "rename users.full_name": answer } })), ["rename table people to users", "rename column users.name to full_name"], answer);
  }
  const error = await compare({ ...moved, answers: { "rename users.full_name": "others.name" } }).catch((thrown: unknown) => thrown);
  assert.is((error as Error).message, "There is no others.name that could be renamed to users.full_name");
});

test("an answer to what the model says already: the same is accepted, another is refused with both", async () => {
  const stated: Case = { ...RENAMED, tables: { users: { columns: { id: {}, full_name: { type: "text", renamedFrom: "name" } } } } };
  const consulted: string[] = [];
  const answers = Object.assign(new Map([["rename users.full_name", "name"]]), { get: (id: string) => (consulted.push(id), id === "rename users.full_name" ? "name" : undefined) });
  const project = await openProject(stated.sql);
  try {
    const comparison = await project.compare([modelOf("users", stated.tables["users"] ?? {}, { idColumn: null })], { answers });
    assert.equal([words(comparison), consulted.includes("rename users.full_name")], [["rename column users.name to full_name"], true]);
  } finally {
    await project.close();
  }
  const refused = async (each: Case): Promise<readonly string[]> => {
    const error = (await compare(each).catch((thrown: unknown) => thrown)) as { readonly code: string; readonly message: string };
    return [error.code, error.message];
  };
  assert.equal(await refused({ ...stated, answers: { "rename users.full_name": "age" } }), ["USAGE", "The model says that users.full_name was called name before, and the flag that it was called age"]);
  assert.equal(await refused({ ...stated, answers: { "rename users.full_name": "" } }), ["USAGE", "The model says that users.full_name was called name before, and the flag that it is new"]);
  const table: Case = { sql: "create table users (id int, name text)", tables: { people: { renamedFrom: "users", columns: { id: {}, name: {} } } } };
  assert.equal(words(await compare({ ...table, answers: { "rename people": "users" } })), ["rename table users to people"]);
  assert.equal(await refused({ ...table, answers: { "rename people": "" } }), ["USAGE", "The model says that people was called users before, and the flag that it is new"]);
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
  const dropping = async (tables: Case["tables"], out: string) =>
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
