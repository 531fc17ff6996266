import { suite } from "uvu";
import * as assert from "uvu/assert";
import { freshGitProject, sqlRevision } from "../support/git-project.js";

const test = suite("workflow/check");

interface Finding {
  readonly code: string;
  readonly revisions: readonly string[];
}

function found(json: Readonly<Record<string, unknown>>): string {
  return (json["findings"] as Finding[]).map(({ code, revisions }) => `${code} ${[...revisions].sort().join(",")}`).join(" | ");
}

test("one head in the checkout, or the heads by name", async () => {
  const { json, commit } = await freshGitProject();
  commit("a", "a", "b <- a");
  assert.equal((await json(["check"])).json, { ok: true, findings: [] });
  commit("fork", "c <- a");
  const forked = await json(["check", "--heads"]);
  assert.equal([forked.status, forked.json["ok"], found(forked.json)], [1, false, "MULTIPLE_HEADS b,c"]);
  commit("lost", "d <- nowhere");
  assert.is(found((await json(["check"])).json), "PARENT_MISSING d | MULTIPLE_HEADS b,c");
});

test("the merged result of two branches, before anybody merges them", async () => {
  const { repository, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  repository.git("switch", "main");
  repository.branch("right");
  commit("right", "c <- a");
  assert.equal((await json(["check"])).json["ok"], true);
  const merged = await json(["check", "--base", "left"]);
  assert.equal([merged.status, found(merged.json)], [1, "MULTIPLE_HEADS b,c"]);
  assert.equal((await json(["check", "--base", "main"])).json["ok"], true);
});

test("what the base has and HEAD deleted or edited; a reformatting is no edit", async () => {
  const { repository, json, commit } = await freshGitProject();
  commit("three", "a", "b <- a", "c <- b");
  repository.branch("work");
  const { name, text } = sqlRevision("c <- b");
  repository.commit("layout", { [name]: text.replace("create table", "create   table") });
  assert.equal((await json(["check", "--base", "main"])).json["ok"], true);
  repository.commit("edit", { [name]: text.replace("id int", "id bigint") });
  assert.is(found((await json(["check", "--base", "main"])).json), "REVISION_EDITED c");
  repository.git("rm", "--quiet", name);
  repository.commit("delete");
  const deleted = await json(["check", "--base", "main"]);
  assert.is(found(deleted.json), "REVISION_DELETED c");
});

test("from objects alone: no working tree, no database", async () => {
  const { repository, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  repository.git("switch", "main");
  commit("main", "c <- a");
  const bare = repository.clone("--bare");
  bare.write("gmig.config.json", "{}");
  const run = await json(["check", "--base", "left", "--database", "postgres://nobody@127.0.0.1:1/none"]);
  assert.is(found(run.json), "MULTIPLE_HEADS b,c");
});

test("a shallow clone says which fetch mends it", async () => {
  const { repository, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("left");
  commit("left", "b <- a");
  repository.git("switch", "main");
  commit("main", "c <- a");
  const shallow = repository.clone("--no-local", "--depth", "1", "--no-single-branch");
  const { status, json: told } = await json(["check", "--base", "origin/left"], shallow);
  assert.equal([status, told.error?.code], [4, "GIT_FAILED"]);
  assert.match(told.error?.hint ?? "", /^git fetch .*(--deepen|--unshallow)/);
  assert.match((await json(["check", "--base", "nowhere"])).json.error?.code ?? "", /REVISION_NOT_FOUND/);
});

test("git/REF names the head at a commit, everywhere", async () => {
  const { repository, json, run, commit } = await freshGitProject();
  commit("a", "a", "b <- a");
  commit("c", "c <- b");
  assert.equal((await json(["show", "git/HEAD~1"])).json["revisions"] === undefined, false);
  assert.match((await run(["show", "git/HEAD~1"])).stdout, /^revision {4}b$/m);
  assert.match((await run(["history", "-r", "git/HEAD~1:git/main"])).stdout, /^c .*\nb /);
  await run(["upgrade", "git/HEAD~1"]);
  assert.equal((await json(["current"])).json["rows"], ["b"]);
  repository.branch("elsewhere");
  commit("d", "d <- c");
  repository.git("switch", "main");
  const missing = await json(["upgrade", "git/elsewhere"]);
  assert.equal([missing.status, missing.json.error?.code], [3, "REVISION_NOT_FOUND"]);
  assert.is((await json(["upgrade", "git/nowhere"])).json.error?.code, "REVISION_NOT_FOUND");
});

test("rebase: mine on theirs in one line, the merge revision gone, the database only re-parented", async () => {
  const { repository, json, run, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("mine");
  commit("mine", "m <- a", "n <- m");
  await run(["upgrade"]);
  repository.git("switch", "main");
  commit("theirs", "t <- a");
  repository.git("switch", "mine");
  repository.git("merge", "--quiet", "-m", "merge", "main");
  await run(["merge", "heads", "--no-check"]);
  const rebased = await json(["rebase", "--onto", "git/main"]);
  assert.equal(rebased.json["reparent"], [{ revision: "m", before: ["a"], parents: ["t"] }]);
  assert.is((rebased.json["remove"] as string[]).length, 1);
  assert.equal((await json(["heads"])).json["heads"] === undefined, false);
  assert.match(repository.read(".migrations/1_m.sql"), /^-- gmig parents: t$/m);
  assert.equal((await json(["status"])).json["reparented"], ["m"]);
  assert.is((await json(["status"])).json["next"], "gmig sync");
  repository.commit("rebased");
  assert.equal((await json(["check", "--base", "main"])).json["ok"], true);
});

test("rebase: a revision that was cherry-picked without its parent", async () => {
  const { repository, json, commit } = await freshGitProject();
  commit("a", "a");
  commit("lost", "c <- b");
  assert.is((await json(["heads"])).json["problems"] === undefined, false);
  assert.equal((await json(["rebase", "c", "--onto", "a"])).json["files"], [".migrations/1_c.sql"]);
  assert.equal((await json(["check"])).json["ok"], true);
  assert.match(repository.read(".migrations/1_c.sql"), /^-- gmig parents: a$/m);
});

test.run();
