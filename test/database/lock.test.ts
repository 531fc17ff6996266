import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { takeLock } from "../../src/database/lock.js";
import { openDatabase } from "../../src/database/open-database.js";
import { readSource } from "../../src/database/source.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { connect, freshDatabase, query } from "../support/postgres.js";
import { freshProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";
import { startTransactionPooler } from "../support/transaction-pooler.js";

const test = suite("database/lock");

const ROOT = process.cwd();

async function open(url: string): Promise<Awaited<ReturnType<typeof openDatabase>>> {
  return openDatabase(readSource(url, ROOT), { root: ROOT });
}

test("one has it, the other is told who and gets it when the first is done", async () => {
  const { url } = await freshDatabase();
  const [one, two] = [await open(url), await open(url)];
  const first = await takeLock(one, { schema: "public", waitMilliseconds: 0 });
  const holders: string[] = [];
  const second = takeLock(two, { schema: "public", waitMilliseconds: 10_000, onWait: (holder) => holders.push(holder) });
  await sleep(400);
  assert.equal(holders, [`gmig (server process ${first.processId ?? 0})`], "told once");
  await first.close();
  const got = await second;
  assert.is(got.isLost(), false);
  await Promise.all([one.close(), two.close()]);
});

test("another program that holds the same lock is named as what it calls itself", async () => {
  const { url } = await freshDatabase();
  const database = await open(url);
  const other = await connect(url);
  await other.query("set application_name = 'somebody else'");
  await other.query("select pg_advisory_lock(x'676d6967'::int, hashtext('gmig public'))");
  const error = await thrown(takeLock(database, { schema: "public", waitMilliseconds: 100 }));
  assert.equal([error.code, error.exitStatus, error.hint], ["LOCK_HELD", 4, "gmig status"]);
  assert.match(error.message, /^Another gmig is at work on postgres:\/\/gmig@.*: somebody else \(server process \d+\)$/);
  await other.close();
  await database.close();
});

test("other databases and other ledgers are not in the way", async () => {
  const [one, two] = [await freshDatabase(), await freshDatabase()];
  const opened = await Promise.all([open(one.url), open(one.url), open(two.url)]);
  for (const [index, schema] of ["public", "reports", "public"].entries()) {
    const database = opened[index];
    if (database !== undefined) await takeLock(database, { schema, waitMilliseconds: 0 });
  }
  await Promise.all(opened.map(async (database) => database.close()));
});

test("waiting holds no transaction, so that an index can be built concurrently meanwhile", async () => {
  const { url } = await freshDatabase();
  await query(url, "create table t (id int)");
  const [one, two] = [await open(url), await open(url)];
  const first = await takeLock(one, { schema: "public", waitMilliseconds: 0 });
  const second = takeLock(two, { schema: "public", waitMilliseconds: 10_000 });
  await sleep(100);
  await query(url, "set statement_timeout = '3s'; select 1");
  const builder = await connect(url);
  await builder.query("set statement_timeout = '3s'");
  await builder.query("create index concurrently i on t (id)");
  await builder.close();
  await first.close();
  await second;
  await Promise.all([one.close(), two.close()]);
});

test("Ctrl-C while waiting: nothing was done, and nothing is held", async () => {
  const { url } = await freshDatabase();
  const [one, two] = [await open(url), await open(url)];
  await takeLock(one, { schema: "public", waitMilliseconds: 0 });
  const controller = new AbortController();
  const waiting = thrown(takeLock(two, { schema: "public", waitMilliseconds: 60_000, signal: controller.signal }));
  await sleep(100);
  controller.abort();
  const error = await waiting;
  assert.equal([error.code, error.exitStatus, error.message], ["INTERRUPTED", 130, "Interrupted while waiting for the lock; nothing was done"]);
  await one.close();
  assert.equal(await query(url, "select count(*)::int as held from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())"), [{ held: 0 }]);
  await two.close();
});

test("a server that goes away meanwhile is told", async () => {
  const { url } = await freshDatabase();
  const [one, two] = [await open(url), await open(url)];
  await takeLock(one, { schema: "public", waitMilliseconds: 0 });
  const waiting = thrown(takeLock(two, { schema: "public", waitMilliseconds: 20_000 }));
  await sleep(100);
  await query(url, "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gmig' and datname = current_database() and pid not in (select pid from pg_locks where locktype = 'advisory')");
  const error = await waiting;
  assert.is(error.code, "CONNECTION_FAILED");
  assert.match(error.message, /^The connection to postgres:.* was lost while taking the lock$/);
  await Promise.all([one.close(), two.close()]);
});

test("a transaction pooler is found out before anything is done", async () => {
  const { url } = await freshDatabase();
  const pooler = await startTransactionPooler(url);
  try {
    assert.equal(await query(pooler.url, "select 1 as one"), [{ one: 1 }]);
    const project = freshProject(pooler.url);
    project.revisions("a");
    const error = await thrown(upgrade(project.config()));
    assert.equal([error.code, error.exitStatus], ["CONNECTION_FAILED", 4]);
    assert.match(error.message, /leads through a transaction pooler \(such as PgBouncer\), over which a lock does not hold/);
    assert.match(error.hint ?? "", /the server's own address/);
    assert.equal(await query(url, "select relname from pg_class where relname ~ '^gmig_' or relname = 'a'"), []);
    // The pooler keeps its sessions, and must not keep gmig's lock in one of them.
    assert.equal((await upgrade(project.config({ database: url }), "head", { lockWait: 0 })).rows, ["a"]);
  } finally {
    await pooler.close();
  }
});

test.run();
