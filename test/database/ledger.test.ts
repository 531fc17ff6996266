import { suite } from "uvu";
import * as assert from "uvu/assert";
import { downgrade } from "../../src/workflow/downgrade.js";
import { ensure } from "../../src/workflow/ensure.js";
import { log } from "../../src/workflow/log.js";
import { upgradeSql } from "../../src/workflow/offline-sql.js";
import { stamp } from "../../src/workflow/stamp.js";
import { status } from "../../src/workflow/status.js";
import { upgrade } from "../../src/workflow/upgrade.js";
import { onEach } from "../support/each-database.js";
import { runGmig } from "../support/gmig-process.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("database/ledger");

const LINE = `
  a
  b <- a (it's)`;

const OURS = "select relnamespace::regnamespace::text || '.' || relname as name from pg_class where relname ~ '^gmig_' and relkind in ('r', 'S', 'i') order by 1";

onEach(test, "ensure makes the tables, twice is once, and everything is named gmig_*", async ({ url, rows }) => {
  const project = freshProject(url);
  const first = await ensure(project.config());
  assert.match(first.databaseId, /^[0-9a-f-]{36}$/);
  assert.equal(await ensure(project.config()), first);
  assert.equal(await rows("select count(*)::int as metas from gmig_meta"), [{ metas: 1 }]);
  const made = await rows<{ name: string }>("select relname as name from pg_class where relnamespace = 'public'::regnamespace union all select proname from pg_proc where pronamespace = 'public'::regnamespace");
  assert.ok(made.length >= 3 && made.every(({ name }) => name.startsWith("gmig_")), JSON.stringify(made));
});

test("a schema of its own, of whatever name, and nothing in public", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url, { ledgerSchema: `it's "ours"; --` });
  project.revisions(LINE, { a: { up: "set search_path to nowhere; create table public.a (id int)", down: "drop table public.a" } });
  assert.equal((await upgrade(project.config())).rows, ["b"]);
  assert.equal((await downgrade(project.config(), "a", { allowDataLoss: true })).rows, ["a"]);
  assert.equal((await stamp(project.config(), ["b"])).rows, ["b"]);
  assert.equal((await status(project.config())).upToDate, true);
  assert.is((await log(project.config())).log.length, 4);
  const names = await query<{ name: string }>(url, OURS);
  assert.ok(names.length > 3 && names.every(({ name }) => name.startsWith(`"it's ""ours""; --".gmig_`)), JSON.stringify(names));
});

test("two ledgers in one database know nothing of each other", async () => {
  const { url } = await freshDatabase();
  const [shop, reports] = [freshProject(url, { ledgerSchema: "shop" }), freshProject(url, { ledgerSchema: "reports" })];
  shop.revisions("s");
  reports.revisions("r");
  await Promise.all([upgrade(shop.config()), upgrade(reports.config())]);
  assert.equal([(await status(shop.config())).unknown, (await status(reports.config())).rows], [[], ["r"]]);
});

test("several processes at once make one ledger", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  const ends = await Promise.all([1, 2, 3, 4].map(async () => runGmig(project.root, ["ensure", "--json"], { env: { GMIG_DATABASE: url } })));
  assert.equal(ends.map(({ status }) => status), [2, 2, 2, 2], "no configuration and no folder");
  project.write(".migrations/.gitkeep", "");
  const again = await Promise.all([1, 2, 3, 4].map(async () => runGmig(project.root, ["ensure", "--json"], { env: { GMIG_DATABASE: url } })));
  assert.equal(again.map(({ status, stderr }) => [status, stderr.replace(/^waiting for .*\n/gm, "")]), [[0, ""], [0, ""], [0, ""], [0, ""]]);
  assert.is(new Set(again.map(({ stdout }) => stdout)).size, 1);
  assert.equal(await query(url, "select count(*)::int as metas from gmig_meta"), [{ metas: 1 }]);
});

test("a ledger of a newer gmig is refused by name, by every command, whatever has become of its columns", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE);
  await upgrade(project.config(), "a");
  await query(url, "update gmig_meta set format = 99; alter table gmig_meta drop column database_id; alter table gmig_ledger rename to gmig_applied");
  const before = await query(url, OURS);
  const config = project.config();
  const actions: readonly (() => Promise<unknown>)[] = [
    async () => upgrade(config),
    async () => upgrade(config, "head", { dryRun: true }),
    async () => downgrade(config, "base"),
    async () => status(config),
    async () => stamp(config, ["head"]),
    async () => ensure(config),
    async () => log(config),
    async () => query(url, (await upgradeSql(config, "a:head")).sql),
  ];
  for (const action of actions.slice(0, -1)) {
    const error = await thrown(action());
    assert.equal([error.code, error.exitStatus, error.hint, error.data], ["LEDGER_NEWER", 3, "npm install gmig@latest", { format: 99, known: 1 }]);
  }
  assert.equal(await query(url, OURS), before);
  await query(url, "alter table gmig_applied rename to gmig_ledger");
  const refused = await actions.at(-1)?.().then(
    () => "nothing",
    (error: Error) => error.message,
  );
  assert.is(refused, "gmig: this database was last written by a newer gmig than this script");
});

test("a ledger that somebody has damaged is told with the server's own words", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions(LINE);
  await upgrade(project.config());
  await query(url, "alter table gmig_ledger drop column parents");
  const broken = await thrown(status(project.config()));
  assert.equal([broken.code, broken.data["sqlstate"]], ["CONNECTION_FAILED", "42703"]);
  assert.match(broken.message, /refused: column "parents" does not exist \(while reading the ledger\)/);
});

test("a role that may read and not write: looking works, changing is refused and told", async () => {
  const database = await freshDatabase();
  const { url } = database;
  const name = new URL(url).pathname.slice(1);
  const project = freshProject(url);
  project.revisions(LINE);
  const own = new URL(url);
  own.username = name;
  // Up to 14 everyone may create in public.
  await query(url, `create role ${name} login; revoke create on schema public from public`);
  const first = await thrown(upgrade(project.config({ database: own.href })));
  assert.equal([first.code, first.data["sqlstate"]], ["CONNECTION_FAILED", "42501"]);
  assert.match(first.message, /permission denied for schema public \(while making the ledger\)/);
  await upgrade(project.config(), "a");
  await query(url, `grant select on all tables in schema public to ${name}`);
  assert.equal((await status(project.config({ database: own.href }))).pending, ["b"]);
  const second = await thrown(upgrade(project.config({ database: own.href })));
  assert.equal([second.code, second.data["sqlstate"]], ["STEP_FAILED", "42501"]);
  await database.drop();
  await query(url.replace(name, "postgres"), `drop role ${name}`);
});

const MARKS: readonly (readonly [said: string | undefined, configured: "development" | undefined, isEmpty: boolean, mark: string | null])[] = [
  [undefined, undefined, true, null],
  [undefined, "development", true, "development"],
  [undefined, "development", false, null],
  ["test", "development", false, "test"],
  ["production", undefined, true, "production"],
];

for (const [said, configured, isEmpty, mark] of MARKS) {
  test(`the mark of a new ledger: ${said ?? "nothing"} said, ${configured ?? "nothing"} configured, ${isEmpty ? "an empty" : "a used"} database`, async () => {
    const { url } = await freshDatabase();
    if (!isEmpty) await query(url, "create schema old; create view old.v as select 1");
    const project = freshProject(url, configured === undefined ? {} : { environment: configured });
    const config = { ...project.config(), environmentSaid: (said ?? null) as "test" | null };
    assert.is((await ensure(config)).database.environment, mark);
  });
}

test.run();
