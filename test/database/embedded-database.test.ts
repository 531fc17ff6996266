import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openEmbedded } from "../../src/database/embedded-database.js";
import { lockEmbedded } from "../../src/database/embedded-lock.js";
import { openDatabase } from "../../src/database/open-database.js";
import { readSource } from "../../src/database/source.js";
import { packagesOf } from "../../src/database/user-package.js";
import { status } from "../../src/workflow/status.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { freshFolder } from "../support/folder.js";
import { runGmig, startGmig } from "../support/gmig-process.js";
import { makePgliteFolder } from "../support/pglite.js";
import { freshProject, type TestProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("database/embedded-database");

const ROOT = process.cwd();

/** A project with an embedded database of its own, made ready. */
async function freshEmbedded(): Promise<TestProject & { readonly folder: string; readonly env: Readonly<Record<string, string>> }> {
  const folder = join(freshFolder(), ".gmig/data");
  mkdirSync(join(folder, ".."));
  await makePgliteFolder(folder);
  return { ...freshProject(`pglite:${folder}`), folder, env: { GMIG_DATABASE: `pglite:${folder}` } };
}

/** The number of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await new Promise((resolve) => child.on("exit", resolve));
  return child.pid ?? 0;
}

test("where it is not installed that is said, with what to type", async () => {
  const importPackage = async (name: string): Promise<unknown> => (name.startsWith("@electric-sql") ? Promise.reject(new Error(`Cannot find package '${name}'`)) : packagesOf(ROOT)(name));
  const folder = join(freshFolder(), "data");
  const error = await thrown(openEmbedded({ folder }, {}, { importPackage, lockWait: 0, extensions: [] }));
  assert.equal([error.code, error.exitStatus, error.hint], ["PGLITE_MISSING", 2, "npm install @electric-sql/pglite"]);
  assert.not(existsSync(`${folder}.lock`));
});

test("its folder ignores itself in Git, and looking makes nothing", async () => {
  const project = freshProject("pglite:.gmig/data");
  project.revisions("a");
  const looked = await status(project.config());
  assert.equal([looked.pending, existsSync(join(project.root, ".gmig/data"))], [["a"], false]);
  await upgrade(project.config());
  assert.is(readFileSync(join(project.root, ".gmig/.gitignore"), "utf8"), "*\n");
  assert.equal(readdirSync(join(project.root, ".gmig")).filter((name) => name !== "cache").sort(), [".gitignore", "data"]);
});

test("a folder that cannot be made, or holds something else, is told, and not left locked", async () => {
  const root = freshFolder();
  writeFileSync(join(root, "file"), "");
  const first = await thrown(openDatabase(readSource("pglite:file/data", root), { root }));
  assert.equal([first.code, first.exitStatus, first.hint], ["WRITE_FAILED", 4, `ls -ld ${join(root, "file")}`]);
  assert.match(first.message, /\/file could not be made ready for the embedded database: a file of that name is there already$/);
  mkdirSync(join(root, "odd"));
  writeFileSync(join(root, "odd/PG_VERSION"), "9.6\n");
  const second = await thrown(openDatabase(readSource("pglite:odd", root), { root }));
  assert.is(second.code, "CONNECTION_FAILED");
  assert.match(second.message, /^The embedded database \/\S+\/odd could not be opened: \S/);
  assert.not(existsSync(join(root, "odd.lock")));
});

test("two processes take turns", async () => {
  const { root, revisions, env, folder } = await freshEmbedded();
  revisions("a\nb <- a", { a: { up: "create table a (id int)" } });
  const ends = await Promise.all([1, 2].map(async () => runGmig(root, ["upgrade", "--json"], { env })));
  assert.equal(ends.map(({ status: exit }) => exit), [0, 0]);
  const plans = ends.map(({ stdout }) => (JSON.parse(stdout) as { plan: unknown[] }).plan.length);
  assert.equal(plans.sort((a, b) => a - b), [0, 2]);
  assert.not(existsSync(`${folder}.lock`));
});

test("killed in the middle of a step: the next one takes over, and the step was rolled back", async () => {
  const { root, revisions, write, env, folder, config } = await freshEmbedded();
  revisions("a", { a: { up: "create table a (id int); insert into a select generate_series(1, 1000)" } });
  write(".migrations/20260101000001_b.cjs", `exports.revision = "b"; exports.parents = ["a"]; exports.created = "2026-01-01T00:00:01Z";
exports.up = async (knex) => { await knex.raw("create table b (id int)"); console.error("half-way"); for (;;) await knex.raw("insert into b values (1)"); };`);
  const running = startGmig(root, ["upgrade"], { env });
  await running.says("half-way");
  await sleep(50);
  running.child.kill("SIGKILL");
  assert.is((await running.ended).signal, "SIGKILL");
  assert.ok(existsSync(`${folder}.lock`));
  const after = await status(config(), { lockWait: 1000 });
  assert.equal([after.rows, after.pending], [["a"], ["b"]]);
  rmSync(join(root, ".migrations/20260101000001_b.cjs"));
  write(".migrations/20260101000001_c.sql", "-- gmig revision: c\n-- gmig parents: a\n-- gmig up\ndo $$ begin assert (select count(*) from a) = 1000 and to_regclass('b') is null; end $$;\n");
  assert.equal((await upgrade(config())).rows, ["c"]);
});

test("Ctrl-C in the middle of a step: rolled back, closed, unlocked", async () => {
  const { root, write, env, folder, config } = await freshEmbedded();
  write(".migrations/a.cjs", `exports.revision = "a"; exports.parents = [];
exports.up = async (knex) => { await knex.raw("create table a (id int)"); console.error("half-way"); for (;;) { await knex.raw("insert into a values (1)"); await new Promise((resolve) => setTimeout(resolve, 5)); } };`);
  const running = startGmig(root, ["upgrade"], { env });
  await running.says("half-way");
  running.child.kill("SIGINT");
  const { status: exit, stderr } = await running.ended;
  assert.is(exit, 130, stderr);
  assert.not(existsSync(`${folder}.lock`));
  assert.equal((await status(config())).rows, []);
});

test("a lock whose process is gone, or whose number is another's by now, is taken over at once", async () => {
  const folder = join(freshFolder(), "data");
  const gone = JSON.stringify({ pid: await endedProcess(), host: hostname() });
  const again = JSON.stringify({ pid: process.pid, host: hostname(), began: "1" });
  for (const text of process.platform === "linux" ? [gone, again] : [gone]) {
    writeFileSync(`${folder}.lock`, text);
    const unlock = await lockEmbedded(folder, 0);
    unlock();
    assert.not(existsSync(`${folder}.lock`));
  }
  writeFileSync(`${folder}.lock`, "not a holder");
  const started = performance.now();
  (await lockEmbedded(folder, 10_000))();
  assert.ok(performance.now() - started > 1000, "a file without a holder may be just about to get one");
});

test("a lock of this process, of another one that runs, or of another machine is waited for, then refused with what to do", async () => {
  const folder = join(freshFolder(), "data");
  const unlock = await lockEmbedded(folder, 0);
  const own = await thrown(lockEmbedded(folder, 150));
  assert.equal([own.code, own.exitStatus, own.data], ["LOCK_HELD", 4, { folder, pid: process.pid, file: `${folder}.lock` }]);
  assert.is(own.message, `The embedded database ${folder} is in use by process ${process.pid}`);
  assert.is(own.hint, `wait until it is done; if it has ended long ago, remove ${folder}.lock`);
  unlock();
  writeFileSync(`${folder}.lock`, JSON.stringify({ pid: 7, host: "elsewhere" }));
  assert.match((await thrown(lockEmbedded(folder, 150))).message, /is in use by process 7 on elsewhere$/);
  unlock();
  assert.ok(existsSync(`${folder}.lock`), "who had it before does not remove another's");
});

test("of many that find the same dead lock at once exactly one gets it", async () => {
  const folder = freshFolder();
  const module = new URL("../../src/database/embedded-lock.js", import.meta.url).href;
  const rounds = 12;
  const script = `
    const { lockEmbedded } = await import(${JSON.stringify(module)});
    const start = Number(process.argv[1]);
    for (let round = 0; round < ${rounds}; round++) {
      while (Date.now() < start + round * 30);
      await lockEmbedded(${JSON.stringify(folder)} + "/" + round, 0).then(() => console.log(round), (error) => { if (error.code !== "LOCK_HELD") throw error; });
    }
    // Who ends would leave a dead lock in its turn.
    setTimeout(() => {}, start + ${rounds} * 30 + 500 - Date.now());`;
  const dead = JSON.stringify({ pid: await endedProcess(), host: hostname() });
  for (let round = 0; round < rounds; round++) writeFileSync(join(folder, `${round}.lock`), dead);
  const start = String(Date.now() + 600);
  const outputs = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const child = spawn(process.execPath, ["--input-type=module", "--eval", script, start], { stdio: ["ignore", "pipe", "inherit"] });
      let text = "";
      child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
      });
      const exit = await new Promise((resolve) => child.on("close", resolve));
      assert.is(exit, 0);
      return text;
    }),
  );
  const winners = outputs.join("").split("\n").filter((line) => line !== "").map(Number).sort((a, b) => a - b);
  assert.equal(winners, Array.from({ length: rounds }, (_, round) => round));
});

test("extensions that revisions create are there, also those created through Knex", async () => {
  const { revisions, write, config } = await freshEmbedded();
  revisions("a\nb <- a", { a: { up: 'create extension if not exists "uuid-ossp"; create table a (id uuid default uuid_generate_v4())' }, b: { format: "sql", up: "CREATE EXTENSION citext;\ncreate table b (name citext);" } });
  write(".migrations/20260101000002_c.cjs", `exports.revision = "c"; exports.parents = ["b"]; exports.created = "2026-01-01T00:00:02Z";\nexports.up = (knex) => knex.schema.createExtensionIfNotExists("hstore").createTable("c", (table) => table.specificType("data", "hstore"));`);
  assert.equal((await upgrade(config())).rows, ["c"]);
  write(".migrations/20260101000003_d.sql", "-- gmig revision: d\n-- gmig parents: c\n-- gmig created: 2026-01-01T00:00:03Z\n-- gmig up\ncreate extension postgis_of_nowhere;\n");
  const error = await thrown(upgrade(config()));
  assert.equal([error.code, error.data["sqlstate"]], ["STEP_FAILED", "0A000"]);
});

test.run();
