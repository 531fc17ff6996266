import { closeSync, existsSync, openSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { ROOT } from "../support/find-tests.js";
import { runGmig, startGmig } from "../support/gmig-process.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject, type TestProject } from "../support/project.js";
import { skip } from "../support/skip.js";

const test = suite("cli/main");

const LINE = `
  a
  b <- a
  c <- b`;

const APPLIED = "select string_agg(revision, ' ' order by applied_at) as applied from gmig_ledger";

interface ErrorJson {
  readonly error: { readonly code: string; readonly message: string };
}

function writeBody(project: TestProject, body: string): void {
  project.write(".migrations/20260101000001_b.cjs", `exports.revision = "b"; exports.parents = ["a"]; exports.created = "2026-01-01T00:00:01Z";\nexports.up = async (knex) => { ${body} };\nexports.down = async () => {};\n`);
}

async function freshLine(): Promise<{ readonly project: TestProject; readonly url: string; readonly env: Readonly<Record<string, string>> }> {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  return { project, url, env: { GMIG_DATABASE: url } };
}

test("Ctrl-C: the current step is rolled back, what was before it stays, exit 130", async () => {
  const { project, url, env } = await freshLine();
  project.revisions(LINE, { b: { up: "create table b (id int); select pg_sleep(60)" } });
  const running = startGmig(project.root, ["upgrade"], { env });
  await running.says("about a");
  await sleep(300);
  running.child.kill("SIGINT");
  const { status, stderr, stdout } = await running.ended;
  assert.equal([status, stdout], [130, ""]);
  assert.match(stderr, /error INTERRUPTED Interrupted during revision b: that step was rolled back\nhint: gmig status\n$/);
  assert.equal(await query(url, APPLIED), [{ applied: "a" }]);
  assert.equal(await query(url, "select relname from pg_class where relname = 'b'"), []);
});

test("a second Ctrl-C ends it at once, says so, and the server rolls back", async () => {
  const { project, url, env } = await freshLine();
  project.revisions("a");
  writeBody(project, `await knex.raw("create table b (id int)"); console.error("it runs"); await new Promise((resolve) => setTimeout(resolve, 60_000));`);
  const running = startGmig(project.root, ["upgrade", "--json"], { env });
  await running.says("it runs");
  running.child.kill("SIGINT");
  await sleep(200);
  const started = performance.now();
  running.child.kill("SIGINT");
  const { status, stdout } = await running.ended;
  assert.ok(performance.now() - started < 1500);
  assert.is(status, 130);
  assert.is((JSON.parse(stdout) as ErrorJson).error.code, "INTERRUPTED");
  await sleep(200);
  assert.equal(await query(url, APPLIED), [{ applied: "a" }]);
  assert.equal(await query(url, "select relname from pg_class where relname = 'b'"), []);
});

test("a closed pipe is no reason to stop half-way", async () => {
  const { project, url, env } = await freshLine();
  project.revisions(LINE, { a: { up: "create table a (id int); select pg_sleep(0.2)" }, b: { up: "create table b (id int); select pg_sleep(0.2)" } });
  const running = startGmig(project.root, ["upgrade"], { env });
  running.child.stdout?.destroy();
  running.child.stderr?.destroy();
  assert.is((await running.ended).status, 0);
  assert.equal(await query(url, APPLIED), [{ applied: "a b c" }]);
});

test("a reader that has enough is no error", async () => {
  const project = freshProject("pglite:memory");
  project.revisions(LINE);
  const running = startGmig(project.root, ["history", "--json"]);
  running.child.stdout?.destroy();
  assert.equal(await running.ended.then(({ status, stderr }) => [status, stderr]), [0, ""]);
});

if (existsSync("/dev/full")) {
  test("output that cannot be written is told", async () => {
    const project = freshProject("pglite:memory");
    project.revisions(LINE);
    const full = openSync("/dev/full", "w");
    try {
      const { status, stderr } = await runGmig(project.root, ["history"], { stdio: ["ignore", full, "pipe"] });
      assert.is(status, 4);
      assert.is(stderr, "error WRITE_FAILED The output could not be written: ENOSPC: no space left on device, write\n");
    } finally {
      closeSync(full);
    }
  });
} else skip(test, "output that cannot be written is told", "there is no /dev/full");

test("what the project's code prints never gets into the result", async () => {
  const { project, env } = await freshLine();
  project.revisions("a");
  writeBody(project, `console.log("chatter"); console.info("more");`);
  const { status, stdout, stderr } = await runGmig(project.root, ["upgrade", "--json"], { env });
  assert.is(status, 0);
  assert.equal((JSON.parse(stdout) as { rows: string[] }).rows, ["b"]);
  assert.match(stderr, /chatter\nmore\n/);
});

test("code that ends the process is not taken for success", async () => {
  const { project, url, env } = await freshLine();
  project.revisions("a");
  writeBody(project, `await knex.raw("create table b (id int)"); process.exit(0);`);
  const { status, stdout } = await runGmig(project.root, ["upgrade", "--json"], { env });
  assert.is(status, 130);
  const { error } = JSON.parse(stdout) as ErrorJson;
  assert.equal([error.code, error.message], ["INTERRUPTED", "The process ended before gmig was done: something of the project's called process.exit, or waits for what never comes"]);
  assert.equal(await query(url, APPLIED), [{ applied: "a" }]);
});

/** A project whose one model imports `queue.js`, and whose database has its table. */
async function withQueue(queue: string): Promise<{ readonly project: TestProject; readonly env: Readonly<Record<string, string>> }> {
  const { project, env, url } = await freshLine();
  await query(url, "create table notes (id int, text text)");
  symlinkSync(join(ROOT, "node_modules"), join(project.root, "node_modules"));
  project.write("gmig.config.json", '{ "models": "models/*.js", "migrations": ".migrations" }');
  project.write("package.json", '{ "type": "module" }');
  project.write("queue.js", queue);
  project.write("models/note.js", `import { Model } from "objection";\nimport "../queue.js";\nexport class Note extends Model {\n  static tableName = "notes";\n  static jsonSchema = { type: "object", properties: { text: { type: "string" } } };\n}\n`);
  return { project, env };
}

test("what models import may find nobody, or mean to end the process: the models are compared, and it is told", async () => {
  const queue = `import { connect } from "node:net";
const ended = connect(1, "127.0.0.1");
ended.on("error", () => {
  console.log("start the queue first");
  process.exit(1);
});
connect(1, "127.0.0.1");
void Promise.reject(new Error("no mail today"));
`;
  const { project, env } = await withQueue(queue);
  const { status, stdout, stderr } = await runGmig(project.root, ["check", "--models"], { env });
  assert.equal([status, stdout], [0, "All is well.\n"]);
  assert.match(stderr, /start the queue first/);
  assert.match(stderr, /^note: beside the command, something that the models import failed: process\.exit\(1\) was called, and was not heard \(queue\.js:5:11\)$/m);
  assert.match(stderr, /^note: .* failed: connect ECONNREFUSED 127\.0\.0\.1:1$/m);
  assert.match(stderr, /^note: .* failed: no mail today \(queue\.js:8:21\)$/m);
});

test("a model that ends the process while it is imported is named, with the place", async () => {
  const { project, env } = await withQueue('if (process.env.QUEUE === undefined) {\n  console.log("QUEUE is not set");\n  process.exit(1);\n}\n');
  const { status, stderr } = await runGmig(project.root, ["check", "--models"], { env });
  assert.is(status, 2);
  assert.match(stderr, /QUEUE is not set\nerror MODEL_INVALID models\/note\.js can't be loaded: process\.exit\(1\) was called, and was not heard \(queue\.js:3:11\)/);
});

test("a configuration that never finishes loading is told", async () => {
  const project = freshProject("");
  project.revisions("a");
  project.write("gmig.config.mjs", "await new Promise(() => {});\nexport default {};\n");
  const { status, stderr } = await runGmig(project.root, ["heads"]);
  assert.is(status, 130);
  assert.match(stderr, /^error INTERRUPTED The process ended before gmig was done/);
});

test("a promise that nobody waits for is told in one line, and fails the command", async () => {
  const { project, url, env } = await freshLine();
  project.revisions("a");
  writeBody(project, `setTimeout(() => { void Promise.reject(new Error("too late")); }, 1); await knex.raw("select pg_sleep(0.2)");`);
  const { status, stderr } = await runGmig(project.root, ["upgrade"], { env });
  assert.is(status, 4);
  assert.match(stderr, /error STEP_FAILED Something that nobody waits for failed: too late\nhint: look for a missing await in the revisions and the configuration\n/);
  assert.not.match(stderr, /\n {4}at /);
  assert.equal(await query(url, APPLIED), [{ applied: "a b" }]);
});

test("an exception outside every promise is told with its stack, exit 70", async () => {
  const { project, url, env } = await freshLine();
  project.revisions("a");
  writeBody(project, `setTimeout(() => { throw new Error("out of nowhere"); }, 1); await knex.raw("select pg_sleep(5)");`);
  const { status, stderr } = await runGmig(project.root, ["upgrade"], { env });
  assert.is(status, 70);
  assert.match(stderr, /error INTERNAL [^\n]*out of nowhere\n/);
  assert.equal(await query(url, APPLIED), [{ applied: "a" }]);
});

test("connections that a configuration leaves open do not keep it alive", async () => {
  const project = freshProject("");
  project.revisions("a");
  project.write("gmig.config.cjs", "setInterval(() => {}, 1000);\nrequire('node:net').createServer().listen(0);\nmodule.exports = {};\n");
  const { status, stdout } = await runGmig(project.root, ["heads"]);
  assert.equal([status, stdout], [0, "a  about a\n"]);
});

test("the editor gets the path as one word, and Ctrl-C is the editor's while it is open", async () => {
  const project = freshProject("");
  project.revisions("a");
  const folder = "odd $(touch hit) 'folder";
  project.write(`${folder}/gmig.config.json`, "{}");
  project.write(`${folder}/.migrations/a.sql`, "-- gmig revision: a\n-- gmig parents:\n-- gmig up\nselect 1;\n");
  project.write("editor.sh", 'printf "%s|" "$@" > "$SEEN"; echo open; sleep 0.6; echo closed\n');
  const seen = join(project.root, "seen");
  const running = startGmig(join(project.root, folder), ["edit", "a"], { env: { VISUAL: "", EDITOR: `sh ${project.root}/editor.sh -w`, SEEN: seen } });
  await running.says("open");
  running.child.kill("SIGINT");
  await sleep(100);
  running.child.kill("SIGINT");
  const { status, stdout } = await running.ended;
  assert.equal([status, stdout], [0, "open\nclosed\n"]);
  assert.is(readFileSync(seen, "utf8"), `-w|${join(project.root, folder, ".migrations/a.sql")}|`);
  assert.not(existsSync(join(project.root, folder, "hit")));
});

test.run();
