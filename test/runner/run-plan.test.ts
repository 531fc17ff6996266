import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { current } from "../../src/workflow/current.js";
import { downgrade } from "../../src/workflow/downgrade.js";
import { stamp } from "../../src/workflow/stamp.js";
import { status } from "../../src/workflow/status.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { onEach } from "../support/each-database.js";
import { connect, freshDatabase, query } from "../support/postgres.js";
import { freshProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("runner/run-plan");

const LINE = `
  a
  b <- a
  c <- b`;

const applied = "select string_agg(revision || ':' || state, ' ' order by applied_at) as applied from gmig_ledger";

function code(text: string): string {
  return `import type { Knex } from "knex";
export const revision = "b";
export const parents = ["a"];
export const created = "2026-01-01T00:00:01Z";
export async function up(knex: Knex): Promise<void> {
${text}
}
export async function down(): Promise<void> {}
`;
}

onEach(test, "all in one transaction: nothing stays when one fails", async ({ url, rows }) => {
  const project = freshProject(url);
  project.revisions(LINE, { c: { up: "create table half (id int); select 1/0" } });
  const error = await thrown(upgrade(project.config(), "head", { transaction: "all" }));
  assert.equal([error.code, error.data["sqlstate"], error.data["revision"], error.hint], ["STEP_FAILED", "22012", "c", "gmig edit c"]);
  assert.equal(await rows("select count(*)::int as tables from pg_class where relname in ('a', 'b', 'half')"), [{ tables: 0 }]);
  assert.equal(await rows(applied), [{ applied: null }]);
  assert.equal(await rows("select revision, outcome from gmig_log"), [{ revision: "c", outcome: "failed" }]);
});

onEach(test, "a body that ends gmig's transaction is told, and the step counts as begun", async ({ url, rows, kind }) => {
  const statements = ["commit", "rollback; begin", "commit; begin; insert into t values (2)"];
  for (const statement of kind === "server" ? statements : statements.slice(2)) {
    const project = freshProject(url);
    project.revisions(LINE, { a: { up: "create table if not exists t (id int)" } });
    project.write(".migrations/20260101000001_b.ts", code(`  await knex.raw("insert into t values (1); ${statement}");`));
    const error = await thrown(upgrade(project.config()));
    assert.is(error.code, "STEP_BROKE_TRANSACTION", statement);
    assert.equal(await rows(applied), [{ applied: "a:applied b:going-up" }], statement);
    assert.is((await thrown(upgrade(project.config()))).code, "STEP_INCOMPLETE");
    assert.equal((await status(project.config())).incomplete, [{ revision: "b", direction: "up" }]);
    await stamp(project.config(), [], { forget: ["b"] });
    await stamp(project.config(), ["base"]);
  }
});

test("a body that commits through Knex is told as well", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE);
  project.write(".migrations/20260101000001_b.ts", code(`  await (knex as Knex.Transaction).commit();`));
  assert.is((await thrown(upgrade(project.config()))).code, "STEP_BROKE_TRANSACTION");
});

test("an error that a body swallows still fails the step", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE);
  project.write(".migrations/20260101000001_b.ts", code(`  await knex.raw("select * from nowhere").catch(() => undefined);`));
  const error = await thrown(upgrade(project.config()));
  assert.equal([error.code, error.data["revision"]], ["STEP_FAILED", "b"]);
  assert.equal(await query(url, applied), [{ applied: "a:applied" }]);
});

onEach(test, "what a body sets leaks into no other", async ({ url, rows }) => {
  const project = freshProject(url);
  project.revisions(LINE, {
    a: { up: "create schema elsewhere; set search_path to elsewhere; set statement_timeout to '7s'; create role leaky; set role leaky", down: "select 1" },
    b: { up: "create table public.seen as select current_user <> 'leaky' as role, current_setting('statement_timeout') <> '7s' as timeout; create table here (id int)" },
  });
  if (url.startsWith("postgres")) await query(url, "drop role if exists leaky");
  await upgrade(project.config());
  assert.equal(await rows("select * from seen"), [{ role: true, timeout: true }]);
  assert.equal(await rows("select relnamespace::regnamespace::text as schema from pg_class where relname = 'here'"), [{ schema: "public" }]);
  if (url.startsWith("postgres")) await query(url, "reassign owned by leaky to current_user; drop role leaky").catch(() => undefined);
});

test("the user's own search path and session settings come back before each step", async () => {
  const { url } = await freshDatabase();
  await query(url, "create schema app");
  const project = freshProject(url);
  project.revisions(LINE, { a: { up: "reset all; set timezone to 'Asia/Tokyo'; create table public.x (id int)" }, b: { up: "create table b as select current_setting('timezone') as zone" } });
  const config = project.config({
    database: {
      client: "pg",
      connection: url,
      searchPath: ["app"],
      pool: { afterCreate: (client: { query: (sql: string, done: (error: Error | null) => void) => void }, done: (error: Error | null) => void) => client.query("set timezone to 'Europe/Lisbon'", done) },
    },
  });
  await upgrade(config, "b");
  assert.equal(await query(url, "select zone from app.b"), [{ zone: "Europe/Lisbon" }]);
});

onEach(test, "outside a transaction the one statement that failed is named", async ({ url }) => {
  const project = freshProject(url);
  project.revisions("a", { a: { up: "create table first (id int);\nselect 1/0;\ncreate table last (id int)", transaction: false, format: "sql" } });
  const error = await thrown(upgrade(project.config()));
  assert.equal([error.code, error.data["statement"], error.data["sqlstate"]], ["STEP_FAILED", "select 1/0", "22012"]);
  assert.equal(await current(project.config()), { rows: [], applied: 0, revisions: [], incomplete: [{ revision: "a", direction: "up" }] });
});

onEach(test, "a step outside a transaction: marked before, applied after, incomplete when it fails", async ({ url, rows, kind }) => {
  const project = freshProject(url);
  const up = kind === "server" ? "create index concurrently b_index on a (id)" : "create index b_index on a (id)";
  project.revisions(LINE, {
    b: { transaction: false, up, down: "drop index b_index" },
    c: { transaction: false, format: "sql", up: "create table c1 (id int);\ncreate table c2 (t text default ';');\nselect 1/0;\ncreate table c3 (id int);", down: "select 1" },
  });
  const error = await thrown(upgrade(project.config()));
  assert.equal([error.code, error.data["incomplete"], error.data["revision"]], ["STEP_FAILED", true, "c"]);
  assert.match(error.message, /the ledger says going-up/);
  assert.equal(await rows(applied), [{ applied: "a:applied b:applied c:going-up" }]);
  assert.equal(await rows("select relname from pg_class where relname in ('c1', 'c2', 'c3') order by 1"), [{ relname: "c1" }, { relname: "c2" }]);
  assert.is((await thrown(downgrade(project.config(), "base"))).code, "STEP_INCOMPLETE");
  await stamp(project.config(), ["c"]);
  assert.equal((await status(project.config())).incomplete, []);
  assert.is((await thrown(upgrade(project.config({ migrations: ".migrations" }), "head", { transaction: "all" }).then(async () => downgrade(project.config(), "a", { transaction: "all" })))).code, "USAGE");
});

test("onStep runs inside the step's transaction, and its error fails the step", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE);
  const seen: string[] = [];
  const config = project.config({
    onStep: async ({ revision, direction, message, knex }) => {
      seen.push(`${direction} ${revision} ${message}`);
      await knex.raw("select 1 from ??", [revision]);
      if (revision === "b") throw new Error("not this one");
    },
  });
  const error = await thrown(upgrade(config));
  assert.match(error.message, /not this one/);
  assert.equal(seen, ["up a about a", "up b about b"]);
  assert.equal(await query(url, applied), [{ applied: "a:applied" }]);
});

test("interrupted in the middle of a statement: the step is rolled back, what was before it stays", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { b: { up: "create table b (id int); select pg_sleep(60)" } });
  const controller = new AbortController();
  const started = performance.now();
  const running = upgrade(project.config(), "head", {
    signal: controller.signal,
    onProgress: (progress) => {
      if (progress.kind === "started" && progress.step.revision === "b") setTimeout(() => controller.abort(), 300);
    },
  });
  const error = await thrown(running);
  assert.equal([error.code, error.exitStatus], ["INTERRUPTED", 130]);
  assert.ok(performance.now() - started < 10_000);
  assert.equal(await query(url, applied), [{ applied: "a:applied" }]);
  assert.equal(await query(url, "select count(*)::int as left from pg_class where relname = 'b'"), [{ left: 0 }]);
});

test("a server that ends the connection half-way: told, with the state exact", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { b: { up: "create table b (id int); select pg_terminate_backend(pg_backend_pid())" } });
  const error = await thrown(upgrade(project.config()));
  assert.is(error.code, "STEP_FAILED");
  assert.match(error.message, /the connection to the database was lost/);
  assert.equal(await query(url, applied), [{ applied: "a:applied" }]);
});

test("a lock that is held too long fails the step with a hint", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { b: { up: "alter table a add column x int" } });
  await upgrade(project.config(), "a");
  const other = await connect(url);
  try {
    await other.query("begin; lock table a in access exclusive mode");
    const error = await thrown(upgrade(project.config({ lockTimeout: "200ms" })));
    assert.equal([error.code, error.data["sqlstate"]], ["STEP_FAILED", "55P03"]);
    assert.match(error.hint ?? "", /lock/);
  } finally {
    await other.close();
  }
});

test("two at once: one waits, and then finds nothing to do", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { a: { up: "create table a (id int); select pg_sleep(0.5)" } });
  const waited: string[] = [];
  const first = upgrade(project.config());
  await sleep(250);
  const second = upgrade(project.config(), "head", { onProgress: (progress) => progress.kind === "waiting" && waited.push(progress.holder) });
  assert.equal((await first).plan.length, 3);
  assert.equal((await second).plan, []);
  assert.is(waited.length, 1);
  assert.match(waited[0] ?? "", /^gmig \(server process \d+/);
});

test("a lock that does not come is refused after the wait", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { a: { up: "select pg_sleep(2)" } });
  const first = upgrade(project.config());
  await sleep(300);
  const error = await thrown(upgrade(project.config(), "head", { lockWait: 200 }));
  assert.equal([error.code, error.exitStatus], ["LOCK_HELD", 4]);
  await first;
});

test("SQL files are sent whole, and name the statement that failed", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions("a", { a: { format: "sql", up: `create table t (id int);\n${"-- a long comment to pass the excerpt's length\n".repeat(10)}insert into t select x from missing;\nselect 2;`, down: "drop table t" } });
  const error = await thrown(upgrade(project.config()));
  assert.match(String(error.data["statement"]), /insert into t select x from missing/);
  assert.is(error.data["sqlstate"], "42P01");
});

test("a revision without down is refused before anything runs", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { a: { down: null }, c: { format: "sql", down: null } });
  await upgrade(project.config());
  const error = await thrown(downgrade(project.config(), "base"));
  assert.equal([error.code, error.data["revisions"]], ["IRREVERSIBLE", ["c", "a"]]);
  assert.equal(await query(url, applied), [{ applied: "a:applied b:applied c:applied" }]);
});

test.run();
