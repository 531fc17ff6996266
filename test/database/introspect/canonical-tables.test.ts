import { suite } from "uvu";
import * as assert from "uvu/assert";
import { canonicalTables, type CanonicalCache } from "../../../src/database/introspect/canonical-tables.js";
import type { Queryable } from "../../../src/database/queryable.js";
import type { CanonicalTable, ScratchRequest, ScratchTable } from "../../../src/schema/scratch-table.js";
import { dumpCatalogue } from "../../support/catalogue.js";
import { connect, freshDatabase, query } from "../../support/postgres.js";

const test = suite("introspect/canonical-tables");

const OPTIONS = { serverVersion: 0, bareSchema: "public" };

async function withDatabase(sql: string, body: (session: Queryable, url: string) => Promise<void>): Promise<void> {
  const { url } = await freshDatabase();
  const connection = await connect(url);
  try {
    await connection.query(sql);
    await body(connection, url);
  } finally {
    await connection.close();
  }
}

function table(name: string, more: Partial<ScratchTable> = {}): ScratchTable {
  const column = { name: "a", type: "int", collation: null, default: null, generated: null };
  return { schema: "public", name, columns: [column], checks: [], indexes: [], exclusions: [], ...more };
}

async function failure(asked: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await asked;
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw assert.unreachable("it should fail");
}

test("SQL comes back in PostgreSQL's words, under the names that were given, and nothing stays behind", () =>
  withDatabase("create type mood as enum ('sad'); create schema side; create type side.kind as enum ('x')", async (session) => {
    const before = await dumpCatalogue(session);
    const columns = [
      { name: "a", type: "int4", collation: null, default: "1+1", generated: null },
      { name: "m", type: "mood[]", collation: null, default: "'{}'", generated: null },
      { name: "k", type: "side.kind", collation: null, default: "'x'", generated: null },
      { name: "n", type: "public.newer", collation: null, default: "'b'", generated: null },
      { name: "t", type: "varchar(9)", collation: '"C"', default: null, generated: null },
      { name: "as_asked", type: "timestamp with time zone", collation: null, default: "now()", generated: null },
      { name: "g", type: "text", collation: null, default: null, generated: { expression: "lower(t)", kind: "stored" as const } },
    ];
    const request: ScratchRequest = {
      enums: [{ schema: "public", name: "newer", values: ["a", "b"] }],
      tables: [
        table("t", {
          columns,
          checks: [{ name: "c", expression: "a>0 and n<>'a'" }],
          indexes: [{ name: "i", unique: true, clause: "(lower(t) desc) where a > 1" }],
          exclusions: [{ name: "x", definition: "exclude using btree (a with =)" }],
        }),
        table("t", { schema: "side", columns, checks: [], indexes: [{ name: "i", unique: false, clause: "(a)" }] }),
      ],
    };
    const [first, second] = await canonicalTables(session, request, OPTIONS);
    assert.equal(first?.columns.map(({ name }) => name), ["a", "m", "k", "n", "t", "g"]);
    assert.equal(first?.columns.map(({ type }) => type), ["integer", "mood[]", "side.kind", "newer", "character varying(9)", "text"]);
    assert.equal(first?.columns.map((column) => column.default), ["(1 + 1)", "'{}'::mood[]", "'x'::side.kind", "'b'::newer", null, null]);
    assert.equal([first?.columns[4]?.collation, first?.columns[5]?.generated?.expression], ['"C"', "lower((t)::text)"]);
    assert.equal(first?.checks.map(({ name, expression, uses }) => [name, expression, uses]), [["c", "((a > 0) AND (n <> 'a'::newer))", ["a", "n"]]]);
    assert.equal(first?.indexes.map(({ name, keys, predicate }) => [name, keys[0]?.expression, predicate]), [["i", "lower((t)::text)", "(a > 1)"]]);
    assert.equal(first?.exclusions.map(({ name, definition }) => [name, definition]), [["x", "EXCLUDE USING btree (a WITH =)"]]);
    assert.equal(second?.columns.map(({ type }) => type), first?.columns.map(({ type }) => type));
    assert.is(await dumpCatalogue(session), before);
  }));

test("a schema that stands bare is any, not only public", () =>
  withDatabase("create schema app; create type app.mood as enum ('sad'); set search_path = app", async (session) => {
    const columns = [{ name: "m", type: "mood", collation: null, default: "'sad'", generated: null }];
    const [read] = await canonicalTables(session, { enums: [], tables: [table("t", { schema: "app", columns })] }, { ...OPTIONS, bareSchema: "app" });
    assert.is(read?.columns[0]?.default, "'sad'::mood");
  }));

/** What is wrong with a table, and what the error says. */
const REFUSED: readonly (readonly [part: Partial<ScratchTable>, message: string])[] = [
  [{ columns: [{ name: "a", type: "intt", collation: null, default: null, generated: null }] }, 'PostgreSQL refuses column a (intt) of side.t: type "intt" does not exist'],
  [{ columns: [{ name: "a", type: "int", collation: null, default: "'x'", generated: null }] }, `PostgreSQL refuses column a (int default ('x')) of side.t: invalid input syntax for type integer: "x"`],
  [{ checks: [{ name: "c", expression: "b > 0" }] }, 'PostgreSQL refuses check (b > 0) of side.t: column "b" does not exist'],
  [{ indexes: [{ name: "i", unique: false, clause: "(random())" }] }, "PostgreSQL refuses index (random()) of side.t: functions in index expression must be marked IMMUTABLE"],
];

for (const [part, message] of REFUSED) {
  test(`refused: ${message}`, () =>
    withDatabase("select 1", async (session) => {
      const request = { enums: [], tables: [table("fine"), table("t", { schema: "side", ...part })] };
      const error = await failure(canonicalTables(session, request, OPTIONS));
      assert.equal([error.code, error.message], ["MODEL_INVALID", message]);
      assert.equal(await session.query("select nspname from pg_namespace where nspname like 'gmig%'"), []);
      assert.is((await canonicalTables(session, { enums: [], tables: [table("fine")] }, OPTIONS)).length, 1);
    }));
}

test("what was asked before is not asked again; another server version or enum is another question", () =>
  withDatabase("select 1", async (session) => {
    const known = new Map<string, CanonicalTable>();
    const cache: CanonicalCache = { get: (key) => known.get(key), set: (key, value) => void known.set(key, value) };
    let queries = 0;
    const counted: Queryable = { query: (sql, values) => (queries++, session.query(sql, values)) };
    const ask = async (more: object = {}, request: Partial<ScratchRequest> = {}): Promise<number> => {
      queries = 0;
      const read = await canonicalTables(counted, { enums: [], tables: [table("t"), table("u")], ...request }, { ...OPTIONS, cache, ...more });
      assert.equal(read.map(({ columns }) => columns[0]?.type), ["integer", "integer"]);
      return queries;
    };
    assert.ok((await ask()) > 0);
    assert.is(await ask(), 0);
    assert.ok((await ask({ serverVersion: 1 })) > 0);
    assert.ok((await ask({}, { enums: [{ schema: "public", name: "e", values: ["x"] }] })) > 0);
    assert.ok((await ask({}, { tables: [table("t"), table("v")] })) > 0);
    assert.is(await ask({}, { tables: [table("v"), table("u")] }), 0);
  }));

test("more tables than one transaction can lock, and two that ask at once", () =>
  withDatabase("select 1", async (session, url) => {
    const tables = Array.from({ length: 250 }, (_, place) => table(`t${place}`, { indexes: [{ name: "i", unique: false, clause: "(a)" }] }));
    const other = await connect(url);
    try {
      const both = await Promise.all([canonicalTables(session, { enums: [], tables }, OPTIONS), canonicalTables(other, { enums: [], tables }, OPTIONS)]);
      for (const read of both) assert.equal([read.length, read.every(({ indexes }) => indexes[0]?.name === "i")], [250, true]);
    } finally {
      await other.close();
    }
  }));

test("it locks nothing that others use, and does not wait for them", () =>
  withDatabase("create type mood as enum ('sad'); create table t (a mood)", async (session, url) => {
    const writer = await connect(url);
    try {
      await writer.query("begin; lock table t in access exclusive mode");
      const columns = [{ name: "a", type: "mood", collation: null, default: "'sad'", generated: null }];
      const [read] = await canonicalTables(session, { enums: [], tables: [table("t", { columns })] }, OPTIONS);
      assert.is(read?.columns[0]?.default, "'sad'::mood");
      await query(url, "set lock_timeout = 500; create table made_meanwhile (a int)");
    } finally {
      await writer.close();
    }
  }));

test.run();
