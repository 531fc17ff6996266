import { suite } from "uvu";
import * as assert from "uvu/assert";
import { downgrade } from "../../src/workflow/downgrade.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("runner/connections");

const LINE = `
  a
  b <- a
  c <- b`;

const APPLIED = "select string_agg(revision || ':' || state, ' ' order by applied_at) as applied from gmig_ledger";

/** Ends the connection that holds gmig's lock on this database. */
const KILL_LOCK = "select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database()); select pg_sleep(0.2)";

test("a server without a second connection to spare is told as such", async () => {
  const database = await freshDatabase();
  const { url } = database;
  const name = new URL(url).pathname.slice(1);
  await query(url, `create role ${name} login connection limit 1; alter database ${name} owner to ${name}; grant all on schema public to ${name}`);
  const own = new URL(url);
  own.username = name;
  const project = freshProject(own.href);
  project.revisions(LINE);
  const error = await thrown(upgrade(project.config()));
  assert.equal([error.code, error.data["sqlstate"]], ["CONNECTION_FAILED", "53300"]);
  assert.match(error.message, /has no connection to spare: too many connections for role/);
  await database.drop();
  await query(url.replace(name, "postgres"), `drop role ${name}`);
});

test("when the connection with the lock is lost, the next step does not begin", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { a: { up: `create table a (id int); ${KILL_LOCK}` } });
  const error = await thrown(upgrade(project.config()));
  assert.is(error.code, "CONNECTION_FAILED");
  assert.match(error.message, /^The connection to postgres:.* was lost, and gmig's lock with it, before revision b; the steps before it are done$/);
  assert.equal(await query(url, APPLIED), [{ applied: "a:applied" }]);
});

test("a server that ends idle sessions does not take the lock away", async () => {
  const { url } = await freshDatabase();
  await query(url, `alter database ${new URL(url).pathname.slice(1)} set idle_session_timeout = '200ms'`);
  const project = freshProject(url);
  project.revisions(LINE, { a: { up: "create table a (id int); select pg_sleep(0.8)" } });
  assert.equal((await upgrade(project.config())).rows, ["c"]);
});

test("a step outside a transaction that cannot be recorded stays marked as begun", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE, { a: { transaction: false, up: KILL_LOCK.replace(/; select pg_sleep.*/, "") } });
  const error = await thrown(upgrade(project.config()));
  assert.is(error.code, "CONNECTION_FAILED");
  assert.match(error.message, /was lost while recording that revision a is done; the ledger still says going-up/);
  assert.is(error.hint, "gmig status");
  assert.equal(await query(url, APPLIED), [{ applied: "a:going-up" }]);
});

test("tables of others, which cannot go, need not be readable; tables that can go must be", async () => {
  const database = await freshDatabase();
  const { url } = database;
  const name = new URL(url).pathname.slice(1);
  await query(url, `create role ${name} login; grant all on schema public to ${name}; create table secret (id int)`);
  const own = new URL(url);
  own.username = name;
  const project = freshProject(own.href);
  project.revisions(LINE);
  await upgrade(project.config());
  assert.equal((await downgrade(project.config(), "b")).rows, ["b"]);
  await query(own.href, `insert into b values (1); revoke select on b from ${name}`);
  const error = await thrown(downgrade(project.config(), "a"));
  assert.equal([error.code, error.data["sqlstate"]], ["CONNECTION_FAILED", "42501"]);
  assert.match(error.message, /permission denied for table b \(while looking which tables hold rows\)/);
  assert.equal(await query(url, APPLIED), [{ applied: "a:applied b:applied" }]);
  await database.drop();
  await query(url.replace(name, "postgres"), `drop role ${name}`);
});

test("twelve steps outside a transaction leave nothing behind", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  const ids = "abcdefghijklm".split("");
  project.revisions(ids.map((id, index) => (index === 0 ? id : `${id} <- ${ids[index - 1] ?? ""}`)).join("\n"), Object.fromEntries(ids.map((id) => [id, { transaction: false }])));
  const warnings: string[] = [];
  const listen = (warning: Error): void => {
    warnings.push(warning.name);
  };
  process.on("warning", listen);
  await upgrade(project.config());
  await new Promise((resolve) => setTimeout(resolve, 10));
  process.off("warning", listen);
  assert.equal(warnings, []);
});

test("a trigger that fails at the commit is no broken transaction, whatever its code", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  const trigger = `create function f() returns trigger language plpgsql as $$ begin perform 1 / 0; return null; end $$;
create constraint trigger t after insert on a deferrable initially deferred for each row execute function f();
insert into a values (1)`;
  project.revisions(LINE, { b: { up: trigger } });
  const error = await thrown(upgrade(project.config()));
  assert.equal([error.code, error.data["sqlstate"]], ["STEP_FAILED", "22012"]);
  assert.equal(await query(url, APPLIED), [{ applied: "a:applied" }]);
});

test.run();
