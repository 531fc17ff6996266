import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sqlRevision } from "../support/git-project.js";
import { query } from "../support/postgres.js";
import type { Repository } from "../support/repository.js";
import { freshStory } from "../support/story.js";

const test = suite("acceptance/stories-rewriting");

/** Nothing of what no branch holds is left in this repository. */
function forget(repository: Repository): void {
  repository.git("reflog", "expire", "--expire=now", "--all");
  repository.git("gc", "--quiet", "--prune=now");
}

const CODE = `import type { Knex } from "knex";
import { columnsOf } from "./columns.mjs";
import { TABLE } from "@app/names";

export const revision = "b";
export const parents = ["a"];
export const created = "2026-01-02T00:00:00Z";
export const message = "about b";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable(TABLE, (table) => columnsOf(table));
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable(TABLE);
}
`;

test("1: a branch that is gone for good, with its TypeScript revision, the neighbour it imports and the project's own code", async () => {
  const { repository, url, run, status, sync, reasons, follows, commit } = await freshStory();
  repository.write("tsconfig.json", '{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }');
  commit("a", "a");
  repository.branch("gone");
  repository.commit("b", {
    ".migrations/20260102000000_b_about_b.ts": CODE,
    ".migrations/columns.mts": 'import type { Knex } from "knex";\nexport function columnsOf(table: Knex.CreateTableBuilder): void {\n  table.increments();\n  table.text("name");\n}\n',
    "src/names.ts": 'export const TABLE: string = "beings";\n',
  });
  const tip = repository.git("rev-parse", "HEAD");
  const upgraded = await run(["upgrade"]);
  assert.is(upgraded.status, 0, upgraded.stderr);
  await follows();
  repository.git("switch", "main");
  assert.equal((await status())["unknown"], [{ revision: "b", foundIn: ["gone"] }]);
  repository.git("branch", "-D", "gone");
  forget(repository);
  assert.is.not(repository.run("cat-file", "-e", tip).status, 0, "the commit is gone");
  const before = await status();
  assert.equal([before["unknown"], before["next"], before["upToDate"]], [[{ revision: "b", foundIn: [] }], "gmig sync", false]);
  assert.equal(await reasons(), { "-b": "not in this checkout" });
  assert.is(await sync(), "-b");
  assert.equal(await query(url, "select 1 from pg_class where relname = 'beings'"), []);
  await follows();
});

test("2: a revision that was amended after it was applied, with a child that was applied too", async () => {
  const { repository, url, run, status, sync, reasons, follows, commit } = await freshStory();
  commit("a", "a");
  commit("b", "b <- a");
  const child = commit("c", "c <- b");
  await run(["upgrade"]);
  const { name, text } = sqlRevision("b <- a", "create table b (id int, name text);");
  repository.git("reset", "--quiet", "--hard", "HEAD~1");
  repository.write(name, text);
  repository.git("commit", "--quiet", "--all", "--amend", "--no-edit");
  repository.git("cherry-pick", child);
  forget(repository);
  const before = await status();
  assert.equal([before["edited"], before["unknown"], before["next"], before["upToDate"]], [["b"], [], "gmig sync", false]);
  assert.equal(await reasons(), { "-c": "stands on b", "-b": "edited since it was applied", "+b": "applied again", "+c": "applied again" });
  assert.match((await run(["upgrade"])).stderr, /not as this checkout wants it \(edited: b\); see gmig status/);
  assert.is(await sync(), "-c -b +b +c");
  assert.is((await run(["upgrade"])).stderr, "");
  assert.equal(await query(url, "select attname from pg_attribute where attrelid = 'b'::regclass and attnum > 0 order by 1"), [{ attname: "id" }, { attname: "name" }]);
  await follows();
});

test("3: a rebase that puts a colleague's revision beneath mine", async () => {
  const { repository, run, status, sync, reasons, follows, commit } = await freshStory();
  commit("a", "a");
  repository.branch("mine");
  commit("m", "m <- a");
  commit("n", "n <- m");
  await run(["upgrade"]);
  repository.git("switch", "main");
  commit("theirs", "t <- a");
  repository.git("switch", "mine");
  repository.git("rebase", "--quiet", "main");
  const forked = await status();
  assert.equal([forked["next"], forked["pending"], forked["upToDate"]], ["gmig merge heads", ["t"], false]);
  assert.is((await run(["rebase", "--onto", "git/main"])).status, 0);
  const before = await status();
  assert.equal([before["next"], before["outOfOrder"], before["reparented"], before["upToDate"]], ["gmig sync", ["t"], ["m"], false]);
  assert.equal(await reasons(), { "-n": "stands on m", "-m": "t comes beneath it", "+t": "pending", "+m": "applied again", "+n": "applied again" });
  assert.is(await sync(), "-n -m +t +m +n");
  await follows();
});

test("4: two of my own in another order", async () => {
  const { repository, url, run, status, sync, follows, commit } = await freshStory();
  commit("a", "a");
  const [one, two] = [commit("x", "x <- a"), commit("y", "y <- x")];
  await run(["upgrade"]);
  repository.git("reset", "--quiet", "--hard", "HEAD~2");
  repository.git("cherry-pick", two, one);
  assert.equal([(await status())["next"], (await status())["upToDate"]], [null, true], "the order of commits is not that of revisions");
  assert.is((await run(["rebase", "y", "--onto", "a"])).status, 0);
  assert.is((await run(["rebase", "x", "--onto", "y"])).status, 0);
  const before = await status();
  assert.equal([before["next"], before["reparented"], before["upToDate"]], ["gmig sync", ["x", "y"], false]);
  assert.is(await sync(), "");
  assert.equal(await query(url, "select revision, parents from gmig_ledger where revision in ('x', 'y') order by 1"), [{ revision: "x", parents: ["y"] }, { revision: "y", parents: ["a"] }]);
  await follows();
});

test("7: git revert of a revision's commit, and of one that has a child", async () => {
  const { repository, run, json, status, sync, follows, commit } = await freshStory();
  commit("a", "a");
  const b = commit("b", "b <- a");
  commit("c", "c <- b");
  await run(["upgrade"]);
  repository.git("revert", "--no-edit", "HEAD");
  const before = await status();
  const held = repository.git("rev-parse", "HEAD~1").slice(0, 10);
  assert.equal([before["unknown"], before["next"], before["upToDate"]], [[{ revision: "c", foundIn: [held], commit: held }], "gmig sync", false]);
  assert.match((await run(["status"])).stdout, `c (in commit ${held})`);
  assert.is(await sync(), "-c");
  await follows();
  repository.git("revert", "--no-edit", "HEAD");
  assert.is(await sync(), "+c");
  repository.git("revert", "--no-edit", b);
  const broken = await json(["sync"]);
  assert.equal([broken.status, broken.json.error?.code], [3, "PARENT_MISSING"]);
  assert.match(broken.json.error?.hint ?? "", /^gmig rebase c --onto a$/);
  assert.match((await run(["sync"])).stderr, /Revision c \(.*1_c\.sql\) follows b, which commit [0-9a-f]{10} took away; its nearest ancestor here is a/);
  const told = await status();
  assert.equal([told["next"], (told["unknown"] as readonly { readonly revision: string }[]).map(({ revision }) => revision)], ["gmig rebase c --onto a", ["b"]], "c is here, and only left out of the graph");
  await run(["rebase", "c", "--onto", "a"]);
  assert.is(await sync(), "-c -b +c");
  repository.commit("c on a");
  await follows();
});

test.run();
