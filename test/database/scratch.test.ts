import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { embeddedScratch } from "../../src/database/embedded-scratch.js";
import type { Database } from "../../src/database/database.js";
import { packagesOf } from "../../src/database/user-package.js";
import { serverScratch } from "../../src/database/server-scratch.js";
import { merge } from "../../src/workflow/merge.js";
import { freshFolder } from "../support/folder.js";
import { runGmig, startGmig } from "../support/gmig-process.js";
import { freshDatabase, query, serverUrl } from "../support/postgres.js";
import { freshProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("database/scratch");

// Scratch databases are counted: on a server that other test files share, theirs would count too.
delete process.env["GMIG_TEST_SERVER"];

const ROOT = process.cwd();
const FORK = `
  a
  b <- a
  c <- a`;

async function scratchDatabases(): Promise<number> {
  const [row] = await query<{ count: number }>(await serverUrl(), "select count(*)::int as count from pg_database where datname like 'gmig_scratch_%'");
  return row?.count ?? -1;
}

async function run(database: Database, sql: string): Promise<readonly unknown[]> {
  const connection = await database.connect();
  try {
    return await connection.query(sql);
  } finally {
    await connection.close();
  }
}

test("on a server: a state is kept, any number of databases begin there, and all of them go", async () => {
  const { url } = await freshDatabase();
  const scratch = await serverScratch({ kind: "server", knex: { client: "pg", connection: url } }, { root: ROOT });
  const first = await scratch.create();
  await run(first, "create table t (id int); insert into t values (1)");
  const frozen = await scratch.freeze(first);
  for (const database of [await scratch.thaw(frozen), await scratch.thaw(frozen)]) {
    assert.equal(await run(database, "select * from t"), [{ id: 1 }]);
    await run(database, "drop table t");
  }
  assert.is(await scratchDatabases(), 3);
  await scratch.close();
  assert.is(await scratchDatabases(), 0);
  assert.equal(await query(url, "select relname from pg_class where relname = 't'"), []);
});

test("on a server that is described in any way that the driver takes", async () => {
  const { url } = await freshDatabase();
  const address = new URL(url);
  const parts = { host: address.searchParams.get("host") ?? "", port: Number(address.port), user: address.username, database: address.pathname.slice(1) };
  for (const connection of [parts, { connectionString: url }, () => parts, async () => url, `${parts.host} ${parts.database}`]) {
    // A bare socket's path leaves port and user to the environment.
    if (typeof connection === "string") Object.assign(process.env, { PGPORT: address.port, PGUSER: parts.user });
    const scratch = await serverScratch({ kind: "server", knex: { client: "pg", connection: connection as never } }, { root: ROOT });
    const [row] = (await run(await scratch.create(), "select current_database() as name")) as { name: string }[];
    assert.match(row?.name ?? "", /^gmig_scratch_[0-9a-f]{12}$/);
    await scratch.close();
  }
  delete process.env["PGPORT"];
  delete process.env["PGUSER"];
  assert.is(await scratchDatabases(), 0);
});

test("a role that may not make databases is told", async () => {
  const database = await freshDatabase();
  const { url } = database;
  const name = new URL(url).pathname.slice(1);
  await query(url, `create role ${name} login`);
  const own = new URL(url);
  own.username = name;
  const scratch = await serverScratch({ kind: "server", knex: { client: "pg", connection: own.href } }, { root: ROOT });
  const error = await thrown(scratch.create());
  assert.equal([error.code, error.exitStatus, error.data["sqlstate"]], ["SCRATCH_UNAVAILABLE", 2, "42501"]);
  assert.match(error.message, /^No scratch database can be made on .*: permission denied to create database$/);
  await scratch.close();
  await database.drop();
  await query(url.replace(name, "postgres"), `drop role ${name}`);
});

test("embedded: a state is kept and thawed, and the prepared data is made once", async () => {
  const cache = freshFolder();
  const scratch = await embeddedScratch({ importPackage: packagesOf(ROOT), version: "test", cache, extensions: [] });
  const first = await scratch.create();
  await run(first, "create table t (id int); insert into t values (1)");
  const frozen = await scratch.freeze(first);
  const again = await scratch.thaw(frozen);
  assert.equal(await run(again, "select * from t"), [{ id: 1 }]);
  await scratch.close();
  assert.equal(readdirSync(cache), ["pglite-test.tar"]);
});

test("embedded: prepared data that is damaged is made anew", async () => {
  const cache = freshFolder();
  const path = join(cache, "pglite-test.tar");
  const options = { importPackage: packagesOf(ROOT), version: "test", cache, extensions: [] };
  await (await embeddedScratch(options)).close();
  const whole = readFileSync(path);
  for (const damaged of ["half a tar", whole.subarray(0, whole.length / 2)]) {
    writeFileSync(path, damaged);
    await (await embeddedScratch(options)).close();
    assert.is(readFileSync(path).length, whole.length);
  }
});

test("nothing is left on the server after a merge: not when it commutes, conflicts or fails, nor after Ctrl-C", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(FORK);
  await runGmig(project.root, ["ensure", "--environment", "development"], { env: { GMIG_DATABASE: url } });
  assert.is((await merge(project.config(), ["heads"], { checkOnly: true })).verdict, "commutes");
  assert.is(await scratchDatabases(), 0);
  project.revisions(FORK, { b: { up: "create table t (id int)" }, c: { up: "create table t (id text)" } });
  assert.is((await merge(project.config(), ["heads"], { checkOnly: true })).verdict, "conflicts");
  assert.is(await scratchDatabases(), 0);
  project.revisions(FORK, { a: { up: "select 1/0" } });
  assert.is((await thrown(merge(project.config(), ["heads"]))).code, "STEP_FAILED");
  assert.is(await scratchDatabases(), 0);
  project.revisions(FORK, { b: { up: "select pg_sleep(60)" } });
  const running = startGmig(project.root, ["merge", "heads"], { env: { GMIG_DATABASE: url } });
  await running.says("trying the orders");
  await new Promise((resolve) => setTimeout(resolve, 700));
  running.child.kill("SIGINT");
  assert.is((await running.ended).status, 130);
  assert.is(await scratchDatabases(), 0);
});

test.run();
