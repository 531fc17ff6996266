import { rmSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { freshGitProject, sqlRevision } from "../support/git-project.js";
import { query } from "../support/postgres.js";

const test = suite("workflow/sync");

async function tables(url: string): Promise<string> {
  const rows = await query<{ name: string }>(url, "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname !~ '^gmig_' order by 1");
  return rows.map(({ name }) => name).join(" ");
}

function steps(json: Record<string, unknown>): string {
  return (json["plan"] as { revision: string; direction: string; reason: string }[]).map(({ revision, direction }) => `${direction === "up" ? "+" : "-"}${revision}`).join(" ");
}

test("what another branch applied goes down, what this one has comes up", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a", "c <- b");
  await run(["upgrade"]);
  repository.git("switch", "main");
  repository.branch("right");
  commit("right", "d <- a");
  const status = await json(["status"]);
  assert.equal(status.json["unknown"], [
    { revision: "b", foundIn: ["left"] },
    { revision: "c", foundIn: ["left"] },
  ]);
  assert.equal([status.json["next"], status.json["upToDate"]], ["gmig sync", false]);
  const dry = await json(["sync", "--dry-run"]);
  assert.is(steps(dry.json), "-c -b +d");
  assert.is(await tables(url), "a b c");
  const done = await json(["sync"]);
  assert.equal([steps(done.json), done.json["rows"], done.json["executed"]], ["-c -b +d", ["d"], true]);
  assert.is(await tables(url), "a d");
  assert.is((await json(["status"])).json["upToDate"], true);
  assert.is(steps((await json(["sync"])).json), "");
});

test("a branch that is deleted, expired from the log and collected can still be reverted", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("gone");
  commit("gone", "b <- a");
  await run(["upgrade"]);
  repository.git("switch", "main");
  repository.git("branch", "-D", "gone");
  repository.git("reflog", "expire", "--expire=now", "--all");
  repository.git("gc", "--quiet", "--prune=now");
  assert.equal((await json(["status"])).json["unknown"], [{ revision: "b", foundIn: [] }]);
  assert.is(steps((await json(["sync"])).json), "-b");
  assert.is(await tables(url), "a");
});

test("a text that is nowhere is asked for: from the ledger, after showing it", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  await run(["upgrade"]);
  const { text } = sqlRevision("u <- a");
  await query(url, "create table u (id int)");
  await query(
    url,
    "insert into gmig_ledger (revision, parents, depends_on, blob, file, body, applied_by, origin, duration_ms, gmig_version, state) select 'u', '{a}', '{}', 'ffff', 'u.sql', $1, 'x', origin, 0, '1', 'applied' from gmig_ledger where revision = 'a'",
    [text],
  );
  const refused = await json(["sync"]);
  assert.equal([refused.status, refused.json.error?.code, refused.json.error?.hint], [3, "IRREVERSIBLE", "gmig sync --from-ledger"]);
  assert.equal((await json(["sync", "--from-ledger"])).json.error?.code, "QUESTIONS_OPEN");
  const shown = await run(["sync", "--from-ledger", "--yes"]);
  assert.match(shown.stderr, /Revision u, from the ledger:[\s\S]*drop table u;/);
  assert.is(await tables(url), "a");
  assert.is(repository.git("status", "--porcelain"), "");
});

test("an edited revision is reverted as it was applied, with what stands on it, and applied as it is now", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a and b", "a", "b <- a");
  await run(["upgrade"]);
  const { name, text } = sqlRevision("a", "create table a (id int);\ncreate table a2 (id int);", "drop table a2;\ndrop table a;");
  repository.write(name, text);
  assert.equal((await json(["status"])).json["edited"], ["a"]);
  assert.is(steps((await json(["sync"])).json), "-b -a +a +b");
  assert.is(await tables(url), "a a2 b");
  repository.write(name, text.replace("create table a (id int);", "-- only a comment\ncreate  table a (id int);"));
  assert.is((await json(["status"])).json["upToDate"], true);
});

test("another parent and nothing pending beneath: only the row changes", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("all", "a", "x <- a", "y <- x");
  await run(["upgrade"]);
  repository.write(sqlRevision("x").name, sqlRevision("x <- y").text);
  repository.write(sqlRevision("y").name, sqlRevision("y <- a").text);
  assert.equal((await json(["status"])).json["reparented"], ["x", "y"]);
  const { json: done } = await json(["sync"]);
  assert.equal([steps(done), [...(done["reparented"] as string[])].sort()], ["", ["x", "y"]]);
  assert.equal(await query(url, "select revision, parents from gmig_ledger order by 1"), [
    { revision: "a", parents: [] },
    { revision: "x", parents: ["y"] },
    { revision: "y", parents: ["a"] },
  ]);
  assert.is((await json(["status"])).json["upToDate"], true);
});

test("rows are kept: a table with rows in it goes only when that is said", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  await run(["upgrade"]);
  await query(url, "insert into b values (1), (2)");
  repository.git("switch", "main");
  const refused = await run(["sync"]);
  assert.is(refused.status, 3);
  assert.match(refused.stderr, /DATA_LOSS This would delete data: table b \(2 rows\)\. Nothing was changed\./);
  assert.is(await tables(url), "a b");
  await json(["sync", "--allow-data-loss"]);
  assert.is(await tables(url), "a");
});

test("nothing of it stays when any part cannot be done", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  await run(["upgrade"]);
  repository.git("switch", "main");
  const { name, text } = sqlRevision("d <- a", "create table d (id int);\nselect 1/0;");
  repository.write(name, text);
  const failed = await json(["sync"]);
  assert.equal([failed.status, failed.json.error?.code], [4, "STEP_FAILED"]);
  assert.is(await tables(url), "a b");
  assert.equal(await query(url, "select revision from gmig_ledger order by 1"), [{ revision: "a" }, { revision: "b" }]);
});

test("a folder that is missing or hidden, and a database that is not marked, are refused", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  await run(["upgrade"]);
  repository.git("update-index", "--skip-worktree", ".migrations/1_a.sql");
  assert.is((await json(["sync"])).json.error?.code, "FOLDER_ABSENT");
  repository.git("update-index", "--no-skip-worktree", ".migrations/1_a.sql");
  await query(url, "update gmig_meta set environment = null");
  const unmarked = await json(["sync"]);
  assert.equal([unmarked.status, unmarked.json.error?.code, unmarked.json.error?.hint], [3, "NOT_DEVELOPMENT", "gmig mark development"]);
  await query(url, "update gmig_meta set environment = 'test'");
  repository.write("gmig.config.json", "{}");
  rmSync(join(repository.path, ".migrations"), { recursive: true });
  assert.is((await json(["sync"])).json.error?.code, "FOLDER_ABSENT");
  assert.is(await tables(url), "a");
});

test("two clones on one database: what the other applied is left, or is in the way", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  await run(["upgrade"]);
  const other = repository.clone();
  other.branch("theirs");
  other.commit("theirs", { [sqlRevision("t <- a").name]: sqlRevision("t <- a").text });
  await run(["upgrade"], other);
  commit("mine", "b <- a");
  const done = await json(["sync"]);
  assert.equal([steps(done.json), done.json["left"], done.json["rows"]], ["+b", ["t"], ["b", "t"]]);
  assert.is(await tables(url), "a b t");
  const seen = await run(["sync"]);
  assert.match(seen.stdout, /Left alone, since another clone or worktree applied it: t\nTo revert that too: gmig sync --foreign/);
  const lost = await json(["sync", "--foreign"]);
  assert.is(lost.json.error?.code, "IRREVERSIBLE", "this clone has never seen the text");
  await json(["sync", "--foreign", "--from-ledger", "--yes"]);
  assert.is(await tables(url), "a b");
});

test("a step outside a transaction needs --transaction each, which says what it promises", async () => {
  const { repository, url, run, json, commit } = await freshGitProject();
  commit("a", "a");
  await run(["upgrade"]);
  const { name, text } = sqlRevision("i <- a", "create index concurrently a_index on a (id);", "drop index concurrently a_index;");
  repository.write(name, text.replace("\n\n-- gmig up", "\n-- gmig transaction: false\n\n-- gmig up"));
  const refused = await json(["sync"]);
  assert.equal([refused.status, refused.json.error?.hint], [2, "--transaction each"]);
  const done = await run(["sync", "--transaction", "each"]);
  assert.match(done.stderr, /Each revision commits by itself/);
  assert.equal(await query(url, "select relname from pg_class where relname = 'a_index'"), [{ relname: "a_index" }]);
});

test.run();
