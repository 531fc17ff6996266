import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { GraphInput } from "../../src/graph/graph.js";
import { splitStatements } from "../../src/database/split-statements.js";
import { HEADER_DEFAULTS } from "../../src/revision/header.js";
import { type RevisionFormat, writeRevision } from "../../src/revision/write-revision.js";
import { downgrade } from "../../src/workflow/downgrade.js";
import { downgradeSql, stampScript, upgradeSql } from "../../src/workflow/offline-sql.js";
import { stamp } from "../../src/workflow/stamp.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { randomHistories } from "../support/graphs.js";
import { connect, dumpCatalogue, freshDatabase, query } from "../support/postgres.js";
import { freshProject, type TestProject } from "../support/project.js";
import { runs } from "../support/series.js";
import { thrown } from "../support/thrown.js";

const test = suite("acceptance/three-ways");

/** What a revision may do, as code for Knex and as SQL; `t` is the table of its own name, `p` that of a parent, where it has one. */
interface Change {
  readonly code: (t: string, p: string | null) => { readonly up: string; readonly down: string };
  readonly sql: (t: string, p: string | null) => { readonly up: string; readonly down: string };
}

const TABLE: Change = {
  code: (t) => ({
    up: `  await knex.schema.createTable("${t}", (table) => {
    table.increments("id");
    table.string("name", 40).notNullable().defaultTo("it's; -- 'x'");
    table.jsonb("data");
    table.timestamp("at", { useTz: true });
  });
  await knex("${t}").insert({ name: "a\\\\b ? $1 'q'", data: JSON.stringify({ a: [1, null] }), at: new Date("2026-01-02T03:04:05.678Z") });`,
    down: `  await knex.schema.dropTable("${t}");`,
  }),
  sql: (t) => ({
    up: `create table ${t} (id serial primary key, name text default ';');\ninsert into ${t} (name) values (E'a\\'b'), ('$1 ? -- x');\n-- the end`,
    down: `drop table ${t};`,
  }),
};

const COLUMN: Change = {
  code: (t, p) => ({
    up: `  await knex.schema.createTable("${t}", (table) => table.binary("bytes"));
  await knex("${t}").insert([{ bytes: Buffer.from([0, 39, 92, 255]) }, { bytes: null }]);
  await knex.raw('alter table ?? add column ?? numeric(8,2) default 1.5', ["${p ?? t}", "c_${t}"]);
  await knex.transaction(async (trx) => { await trx.raw("comment on table ?? is 'it''s'", ["${t}"]); });`,
    down: `  await knex.raw('alter table ?? drop column ??', ["${p ?? t}", "c_${t}"]);\n  await knex.schema.dropTable("${t}");`,
  }),
  sql: (t, p) => ({
    up: `create table ${t} (x int);\nalter table ${p ?? t} add column c_${t} text;\ncreate function f_${t}() returns trigger language plpgsql as $body$ begin return new; end; $body$;`,
    down: `drop function f_${t}();\nalter table ${p ?? t} drop column c_${t};\ndrop table ${t};`,
  }),
};

const FORMATS: readonly RevisionFormat[] = ["ts", "sql", "commonjs", "esm"];
const EXTENSIONS: Readonly<Record<RevisionFormat, string>> = { ts: ".ts", esm: ".mjs", commonjs: ".cjs", sql: ".sql" };

function writeHistory(project: TestProject, inputs: readonly GraphInput[], kinds: readonly number[]): void {
  for (const [index, input] of inputs.entries()) {
    const kind = kinds[index % kinds.length] ?? 0;
    const change = kind % 2 === 0 ? TABLE : COLUMN;
    const format = FORMATS[kind % 4] ?? "ts";
    const { revision, parents = [], dependsOn = [], labels = [], created = "" } = input;
    const body = (format === "sql" ? change.sql : change.code)(revision, parents[0] ?? null);
    const header = { ...HEADER_DEFAULTS, revision, parents, dependsOn, labels, created, message: `about "${revision}"` };
    project.write(`.migrations/${String(index).padStart(8, "0")}_${revision}${EXTENSIONS[format]}`, writeRevision(header, format, body));
  }
}

/** The schema, the rows of every table, and the ledger but for times. */
async function stateOf(url: string): Promise<string> {
  const connection = await connect(url);
  try {
    const tables = await connection.query<{ name: string }>("select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname !~ '^gmig_' order by 1");
    const contents: string[] = [];
    for (const { name } of tables) contents.push(JSON.stringify(await connection.query(`select * from "${name}" order by 1`)));
    const ledger = await connection.query("select revision, parents, depends_on, blob, file, body, applied_by, branch, commit, origin, gmig_version, state from gmig_ledger order by applied_at");
    const log = await connection.query("select action, revision, outcome from gmig_log order by id");
    return [await dumpCatalogue(connection), ...contents, JSON.stringify(ledger), JSON.stringify(log)].join("\n");
  } finally {
    await connection.close();
  }
}

const histories = fc.tuple(randomHistories(7), fc.array(fc.nat({ max: 7 }), { minLength: 1, maxLength: 7 }));

test("online, by script and in one transaction lead to the same schema, rows and ledger; and so do the ways down", async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.nat(), async ([{ inputs, graph }, kinds], pick) => {
      const urls = await Promise.all([freshDatabase(), freshDatabase(), freshDatabase()]);
      const [online = "", script = "", together = ""] = urls.map(({ url }) => url);
      const project = freshProject(online);
      writeHistory(project, inputs, kinds);
      await upgrade(project.config(), "heads");
      await upgrade(project.config({ database: together }), "heads", { transaction: "all" });
      await query(script, (await upgradeSql(project.config(), "heads")).sql);
      const up = await stateOf(online);
      assert.is(await stateOf(script), up);
      assert.is(await stateOf(together), up);
      const ids = [...graph.nodes.keys()];
      const target = pick % 3 === 0 ? "base" : (ids[pick % ids.length] ?? "base");
      await downgrade(project.config(), target, { allowDataLoss: true, confirm: () => true });
      await downgrade(project.config({ database: together }), target, { transaction: "all", allowDataLoss: true, confirm: () => true });
      await query(script, (await downgradeSql(project.config(), `heads:${target}`)).sql);
      const down = await stateOf(online);
      assert.is(await stateOf(script), down);
      assert.is(await stateOf(together), down);
      await Promise.all(urls.map(async (database) => database.drop()));
    }),
    { ...runs(12, 200), includeErrorInReport: true },
  );
});

const LINE = `
  a
  b <- a
  c <- b`;

test("a script refuses a database that is not where it begins", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE);
  const { sql } = await upgradeSql(project.config(), "a:head");
  await query(url, sql).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /gmig: this script begins at a, but the database is at base/),
  );
  assert.equal(await query(url, "select 1 from pg_class where relname in ('a', 'b', 'c', 'gmig_ledger')"), []);
  await upgrade(project.config(), "b");
  await query(url, sql).then(
    () => assert.unreachable(),
    (error: Error) => assert.match(error.message, /begins at a, but the database is at b/),
  );
});

test("a script stops at its first error, even where the client goes on after one", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { b: { up: "create table b (id int); select 1/0" } });
  const { sql } = await upgradeSql(project.config(), "head");
  const connection = await connect(url);
  const errors: string[] = [];
  // One statement at a time, as psql without ON_ERROR_STOP sends them.
  for (const statement of await splitStatements(sql)) await connection.query(statement).catch((error: Error) => errors.push(error.message));
  await connection.close();
  assert.match(errors[0] ?? "", /division by zero/);
  assert.equal(await query(url, "select revision from gmig_ledger"), [{ revision: "a" }]);
  assert.equal(await query(url, "select relname from pg_class where relname in ('b', 'c')"), []);
});

test("a step outside a transaction is printed statement by statement, and stops psql at an error", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { b: { transaction: false, up: "create index concurrently b_index on a (id)", down: "drop index concurrently b_index" } });
  const { sql } = await upgradeSql(project.config(), "head");
  assert.match(sql, /\n\\set ON_ERROR_STOP on\n/);
  const connection = await connect(url);
  for (const statement of await splitStatements(sql.replace(/^\\.*$/gm, ""))) await connection.query(statement);
  await connection.close();
  assert.equal(await query(url, "select revision, state from gmig_ledger order by applied_at"), ["a", "b", "c"].map((revision) => ({ revision, state: "applied" })));
  assert.is((await thrown(upgradeSql(project.config(), "head", { transaction: "all" }))).code, "USAGE");
});

test("a body that reads is marked, one that cannot go on without an answer is refused", async () => {
  const project = freshProject("postgres://nobody@127.0.0.1:1/none");
  project.revisions(LINE);
  const body = (up: string): string => `exports.revision = "b"; exports.parents = ["a"];\nexports.up = async (knex) => { ${up} };\nexports.down = async () => {};`;
  project.write(".migrations/20260101000001_b.ts", body(`if (!(await knex.schema.hasTable("x"))) await knex.schema.createTable("x", (t) => t.increments());`));
  const marked = await upgradeSql(project.config(), "b");
  assert.match(marked.sql, /-- gmig: revision b reads the database on its way up/);
  assert.match(marked.sql, /create table "x"/);
  project.write(".migrations/20260101000001_b.ts", body(`const [{ id }] = await knex("a").insert({ id: 1 }).returning("id"); await knex("a").where({ id }).delete();`));
  const refused = await thrown(upgradeSql(project.config(), "b"));
  assert.equal([refused.code, refused.data["revision"]], ["USAGE", "b"]);
});

test("a stamp by script is the stamp online", async () => {
  const [one, two] = [await freshDatabase(), await freshDatabase()];
  const project = freshProject(one.url);
  project.revisions(`${LINE}\n  d <- b`);
  await stamp(project.config(), ["heads"]);
  await stamp(project.config(), ["b"]);
  const { sql } = await stampScript(project.config(), ["heads"]);
  assert.match(sql, /^-- psql -X -v ON_ERROR_STOP=1 -f THIS_FILE$/m);
  await query(two.url, sql);
  await query(two.url, (await stampScript(project.config(), ["heads:b"])).sql);
  assert.is(await stateOf(two.url), await stateOf(one.url));
});

test.run();
