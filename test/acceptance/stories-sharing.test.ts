import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blobId } from "../../src/revision/fingerprint.js";
import { sqlRevision } from "../support/git-project.js";
import { query } from "../support/postgres.js";
import type { Repository } from "../support/repository.js";
import { freshStory } from "../support/story.js";

const test = suite("acceptance/stories-sharing");

function commitRevision(at: Repository, line: string): void {
  const { name, text } = sqlRevision(line);
  at.commit(line, { [name]: text });
}

test("10: two linked worktrees on one database: each reverts its own, --foreign the rest", async () => {
  const { repository, run, json, status, sync, applied, follows, commit } = await freshStory();
  commit("a", "a");
  await run(["upgrade"]);
  const tree = repository.worktree("second");
  commitRevision(tree, "t <- a");
  await run(["upgrade"], tree);
  commit("mine", "m <- a");
  const before = await status();
  assert.equal([before["unknown"], before["next"]], [[{ revision: "t", foundIn: ["second"] }], "gmig sync"]);
  assert.match((await run(["upgrade", "--dry-run"])).stderr, /not as this checkout wants it \(unknown: t\)/);
  const first = await json(["sync"]);
  assert.equal([first.json["left"], first.json["rows"]], [["t"], ["m", "t"]]);
  assert.is(await applied(), "a m t");
  const there = await json(["sync"], tree);
  assert.equal([there.json["left"], there.json["plan"]], [["m"], []]);
  const after = await status();
  assert.equal([after["unknown"], after["next"], after["upToDate"]], [[{ revision: "t", foundIn: ["second"] }], "gmig sync --foreign", false]);
  assert.is(await sync(["--foreign"]), "-t");
  await follows();
  assert.is(await sync(["--foreign"], tree), "-m +t");
  await follows(tree);
});

test("10: what another worktree put beneath mine is in the way until it is said", async () => {
  const { repository, url, run, json, sync, follows, unchanged, commit } = await freshStory();
  commit("a", "a");
  await run(["upgrade"]);
  const tree = repository.worktree("second");
  commitRevision(tree, "t <- a");
  commitRevision(tree, "u <- t");
  await run(["upgrade"], tree);
  await query(url, "insert into u values (1)");
  const { name, text } = sqlRevision("a", "create table a (id bigint);");
  repository.commit("a edited", { [name]: text });
  const refused = await unchanged(async () => json(["sync"]));
  assert.equal([refused.status, refused.json.error?.code, refused.json.error?.hint], [3, "UNKNOWN_APPLIED", "gmig sync --foreign"]);
  const lost = await unchanged(async () => json(["sync", "--foreign"]));
  assert.is(lost.json.error?.code, "DATA_LOSS");
  assert.is(await sync(["--foreign", "--allow-data-loss"]), "-u -t -a +a");
  await follows();
});

test("data that would go: refused with every table, column and count, and nothing is changed", async () => {
  const { repository, url, run, json, unchanged, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a", "c <- b");
  const column = sqlRevision("e <- c", "alter table a add column note text;", "alter table a drop column note;");
  repository.commit("column", { [column.name]: column.text });
  await run(["upgrade"]);
  await query(url, "insert into a values (1, 'x'); insert into b values (1), (2); insert into c values (1), (2), (3)");
  repository.git("switch", "main");
  commit("right", "d <- a");
  const refused = await unchanged(async () => json(["sync"]));
  assert.equal([refused.status, refused.json.error?.code, refused.json.error?.hint], [3, "DATA_LOSS", "--allow-data-loss"]);
  const told = await unchanged(async () => run(["sync", "--transaction=all"]));
  for (const part of [/table b \(2 rows\)/, /table c \(3 rows\)/, /column a\.note/, /Nothing was changed/, /^hint: gmig sync --transaction=all --allow-data-loss$/m]) assert.match(told.stderr, part);
  assert.is(await sync(["--allow-data-loss"]), "-e -c -b +d");
  await follows();
  assert.equal(await query(url, "select id from a"), [{ id: 1 }], "what was in no one's way is there still");
});

test("a plan that fails half-way, on the way down or up, leaves the database as it was", async () => {
  const { repository, run, json, unchanged, sync, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  const stuck = sqlRevision("s <- b", undefined, "drop table s;\nselect 1/0;");
  repository.commit("stuck", { [stuck.name]: stuck.text });
  await run(["upgrade"]);
  repository.git("switch", "main");
  const down = await unchanged(async () => json(["sync"]));
  assert.equal([down.status, down.json.error?.code, down.json.error?.hint], [4, "STEP_FAILED", "take back by hand what it did, then: gmig stamp --forget s"]);
  assert.match((await run(["sync"])).stderr, /division by zero[\s\S]*All steps ran in one transaction: nothing was changed\./);
  repository.git("switch", "left");
  repository.git("revert", "--no-edit", "HEAD");
  repository.commit("mended", { [stuck.name]: stuck.text.replace("\nselect 1/0;", "") });
  const edited = await unchanged(async () => json(["sync"]));
  assert.is(edited.json.error?.code, "STEP_FAILED", "the text that was applied runs, not the one that is here now");
  assert.is((await run(["stamp", "b"])).status, 0);
  const clash = sqlRevision("s <- b", "create table if not exists s (id int);");
  repository.commit("s again", { [clash.name]: clash.text });
  assert.is(await sync(), "+s");
  await follows();
});

test("a text that was only fetched is run after it was shown, by --from-object; one that nobody has, by --from-ledger", async () => {
  const { repository, url, run, json, unchanged, sync, follows, commit } = await freshStory();
  commit("a", "a");
  await run(["upgrade"]);
  const { text } = sqlRevision("u <- a");
  await query(url, "create table u (id int)");
  await query(
    url,
    "insert into gmig_ledger (revision, parents, depends_on, blob, file, body, applied_by, origin, duration_ms, gmig_version, state) select 'u', '{a}', '{}', $2, 'u.sql', $1, 'x', origin, 0, '1', 'applied' from gmig_ledger where revision = 'a'",
    [text, blobId(text)],
  );
  const stranger = repository.clone();
  commitRevision(stranger, "u <- a");
  repository.git("fetch", "--quiet", stranger.path, "main:refs/remotes/stranger/main");
  const refused = await unchanged(async () => json(["sync"]));
  assert.is(refused.json.error?.code, "IRREVERSIBLE");
  const asked = await unchanged(async () => json(["sync", "--from-object"]));
  assert.is(asked.json.error?.code, "QUESTIONS_OPEN");
  const ran = await run(["sync", "--from-object", "--yes"]);
  assert.match(ran.stderr, /Revision u, from Git object [0-9a-f]{40}:[\s\S]*drop table u;/);
  assert.is(await sync(), "");
  await follows();
});

test.run();
