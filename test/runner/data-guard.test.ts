import { suite } from "uvu";
import * as assert from "uvu/assert";
import { downgrade } from "../../src/workflow/downgrade.js";
import { mark } from "../../src/workflow/mark.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { onEach } from "../support/each-database.js";
import { connect, freshDatabase, query } from "../support/postgres.js";
import { freshProject, type RevisionDraft, type TestProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("runner/data-guard");

const LINE = `
  a
  b <- a`;

/** A project at its head, with what `b` does. */
async function atHead(url: string, b: RevisionDraft): Promise<TestProject> {
  const project = freshProject(url);
  project.revisions(LINE, { a: { up: "create table a (id int, note text)" }, b });
  await upgrade(project.config());
  return project;
}

function losses(data: Readonly<Record<string, unknown>>): unknown {
  return data["losses"];
}

onEach(test, "a table that holds rows is kept, counted and named; allowed, it goes", async ({ url, rows }) => {
  const project = await atHead(url, { up: "create schema shop; create table shop.\"Or ders\" (id int); insert into shop.\"Or ders\" values (1), (2); create table empty (id int)", down: "drop schema shop cascade; drop table empty" });
  const error = await thrown(downgrade(project.config(), "a"));
  assert.equal([error.code, error.exitStatus, error.hint], ["DATA_LOSS", 3, "--allow-data-loss"]);
  assert.equal(losses(error.data), [{ object: "shop.Or ders", kind: "table", rows: 2 }]);
  assert.match(error.message, /^This would delete data: table shop\.Or ders \(2 rows\)\. Nothing was changed\./);
  assert.equal(await rows('select count(*)::int as left from shop."Or ders"'), [{ left: 2 }]);
  assert.equal(await rows("select revision, state from gmig_ledger order by 1"), [{ revision: "a", state: "applied" }, { revision: "b", state: "applied" }]);
  assert.equal((await downgrade(project.config(), "a", { allowDataLoss: true })).rows, ["a"]);
});

test("of several steps, those before the refused one are done, and that is said", async () => {
  const { url } = await freshDatabase();
  const project = await atHead(url, { up: "insert into a values (1, 'x')", down: "select 1" });
  const error = await thrown(downgrade(project.config(), "base"));
  assert.match(error.message, /^This would delete data: table a \(1 row\)\. Revision a was not reverted; the steps before it are done\./);
  assert.equal(await query(url, "select revision from gmig_ledger"), [{ revision: "a" }]);
  project.revisions(LINE, { b: { up: "select 1", down: "select 1" } });
  await upgrade(project.config());
  const all = await thrown(downgrade(project.config(), "base", { transaction: "all" }));
  assert.match(all.message, "Nothing was changed.");
  assert.equal(await query(url, "select revision from gmig_ledger order by 1"), [{ revision: "a" }, { revision: "b" }]);
});

test("a column with values is kept, one with nulls only may go", async () => {
  const { url } = await freshDatabase();
  const project = await atHead(url, { up: "alter table a add column price int; insert into a values (1, null, 5), (2, null, null)", down: "alter table a drop column price" });
  const error = await thrown(downgrade(project.config(), "a"));
  assert.equal(losses(error.data), [{ object: "a.price", kind: "column", rows: 1 }]);
  assert.match(error.message, /column a\.price \(1 value\)/);
  await query(url, "update a set price = null");
  assert.equal((await downgrade(project.config(), "a")).rows, ["a"]);
  assert.equal(await query(url, "select column_name as name from information_schema.columns where table_name = 'a' order by 1"), [{ name: "id" }, { name: "note" }]);
});

test("renames, empty tables, dropped and added columns without values are no loss", async () => {
  const { url } = await freshDatabase();
  const project = await atHead(url, { up: "alter table a rename to c; alter table c rename column note to text; insert into c values (1, 'x')", down: "alter table c rename to a; alter table a rename column text to note" });
  assert.equal((await downgrade(project.config(), "a")).rows, ["a"]);
  assert.equal(await query(url, "select note from a"), [{ note: "x" }]);
});

test("a table that is made anew counts as gone, rows and all", async () => {
  const { url } = await freshDatabase();
  const project = await atHead(url, { up: "insert into a values (1, 'x')", down: "drop table a; create table a (id int, note text)" });
  assert.equal(losses((await thrown(downgrade(project.config(), "a"))).data), [{ object: "a", kind: "table", rows: 1 }]);
});

test("partitions: one that goes alone is a loss, with its table they count once, detached they stay", async () => {
  const { url } = await freshDatabase();
  const up = "create table p (id int, x int) partition by range (id); create table p1 partition of p for values from (0) to (10); create table p2 partition of p for values from (10) to (20); insert into p values (1, 1), (11, 2), (12, null)";
  const project = await atHead(url, { up, down: "drop table p2" });
  assert.equal(losses((await thrown(downgrade(project.config(), "a"))).data), [{ object: "p2", kind: "table", rows: 2 }]);
  project.revisions(LINE, { a: { up: "create table a (id int, note text)" }, b: { up, down: "drop table p" } });
  assert.equal(losses((await thrown(downgrade(project.config(), "a"))).data), [{ object: "p", kind: "table", rows: 3 }]);
  project.revisions(LINE, { a: { up: "create table a (id int, note text)" }, b: { up, down: "alter table p drop column x" } });
  assert.equal(losses((await thrown(downgrade(project.config(), "a"))).data), [{ object: "p.x", kind: "column", rows: 2 }]);
  project.revisions(LINE, { a: { up: "create table a (id int, note text)" }, b: { up, down: "alter table p detach partition p2; alter table p drop column x; alter table p add column x int" } });
  await query(url, "update p set x = null");
  assert.equal((await downgrade(project.config(), "a")).rows, ["a"]);
});

test("rows that a policy hides count too", async () => {
  const database = await freshDatabase();
  const { url } = database;
  const name = new URL(url).pathname.slice(1);
  await query(url, `create role ${name} login; alter schema public owner to ${name}`);
  const own = new URL(url);
  own.username = name;
  const project = await atHead(own.href, { up: "create table s (id int); insert into s values (1); alter table s enable row level security; alter table s force row level security; create policy none on s using (false)", down: "drop table s" });
  const error = await thrown(downgrade(project.config(), "a"));
  assert.equal([error.code, error.data["sqlstate"], error.hint], ["CONNECTION_FAILED", "42501", "--allow-data-loss"]);
  assert.equal(await query(url, "select count(*)::int as left from s"), [{ left: 1 }]);
  assert.equal((await downgrade(project.config(), "a", { allowDataLoss: true })).rows, ["a"]);
  await database.drop();
  await query(url.replace(name, "postgres"), `drop role ${name}`);
});

test("all in one transaction: what the whole of it takes away is looked at", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(`${LINE}\n  c <- b`, { b: { up: "create table b (id int); insert into b values (1)" }, c: { up: "create table c (id int)" } });
  await upgrade(project.config());
  const error = await thrown(downgrade(project.config(), "a", { transaction: "all" }));
  assert.equal(losses(error.data), [{ object: "b", kind: "table", rows: 1 }]);
  assert.equal(await query(url, "select count(*)::int as applied from gmig_ledger"), [{ applied: 3 }]);
  assert.equal((await downgrade(project.config(), "b", { transaction: "all" })).rows, ["b"], "c holds nothing");
});

test("outside a transaction it cannot be told in time, so it is refused before anything runs", async () => {
  const { url } = await freshDatabase();
  const project = await atHead(url, { transaction: false });
  project.revisions(`${LINE}\n  c <- b`, { b: { transaction: false } });
  await upgrade(project.config());
  assert.equal([(await thrown(downgrade(project.config(), "a"))).code, await query(url, "select count(*)::int as applied from gmig_ledger")], ["DATA_LOSS", [{ applied: 3 }]]);
  assert.equal((await downgrade(project.config(), "a", { allowDataLoss: true })).rows, ["a"]);
});

test("a database marked as development or test lets it be, production and no mark do not", async () => {
  for (const [environment, goes] of [["development", true], ["test", true], ["production", false]] as const) {
    const { url } = await freshDatabase();
    const project = await atHead(url, { up: "create table b (id int); insert into b values (1)" });
    await mark(project.config(), environment, { confirm: () => true });
    const result = await downgrade(project.config(), "a").then(() => true, () => false);
    assert.is(result, goes, environment);
  }
});

test("a table that somebody has locked stops the look after lockTimeout, and nothing waits for ever", async () => {
  const { url } = await freshDatabase();
  const project = await atHead(url, {});
  const other = await connect(url);
  try {
    await other.query("begin; lock table a in access exclusive mode");
    const error = await thrown(downgrade(project.config({ lockTimeout: "200ms" }), "a"));
    assert.equal([error.code, error.data["sqlstate"]], ["CONNECTION_FAILED", "55P03"]);
  } finally {
    await other.close();
  }
});

test.run();
