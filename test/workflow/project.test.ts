import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Problem } from "../../src/revision/problem.js";
import { deriveMergeId } from "../../src/revision/revision-id.js";
import { freshGitProject, sqlRevision } from "../support/git-project.js";

const test = suite("workflow/project");

function problems(json: Readonly<Record<string, unknown>>): readonly Problem[] {
  return json["problems"] as readonly Problem[];
}

test("a revision picked onto a release line without its parent names the nearest ancestor that is there, and is moved onto it", async () => {
  const { repository, json, run, commit } = await freshGitProject();
  commit("a", "a", "b <- a");
  repository.branch("release");
  repository.git("switch", "main");
  commit("feature", "c <- b", "d <- c");
  const picked = commit("fix", "e <- d");
  repository.git("switch", "release");
  repository.git("cherry-pick", picked);
  const [problem] = problems((await json(["heads"])).json);
  assert.is(problem?.code, "PARENT_MISSING");
  assert.match(problem?.message ?? "", /follows d, which is on main but not in this checkout; its nearest ancestor here is b$/);
  assert.is(problem?.hint, "gmig rebase e --onto b");
  const refused = await json(["upgrade"]);
  assert.equal([refused.status, refused.json.error?.code, refused.json.error?.hint], [3, "PARENT_MISSING", "gmig rebase e --onto b"]);
  assert.is((await run(["rebase", "e", "--onto", "b"])).status, 0);
  assert.equal((await json(["upgrade"])).json["rows"], ["e"]);
});

test("a parent that no branch has stays without a guess, and one without an ancestor here asks for its branch", async () => {
  const { repository, json, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("other");
  repository.git("rm", "--quiet", "-r", ".migrations");
  commit("new line", "x", "y <- x");
  repository.git("switch", "main");
  commit("lost", "p <- qqqqqqqq", "r <- y");
  const found = problems((await json(["history"])).json);
  assert.equal(found.map(({ revisions, hint, missing }) => [revisions, missing, hint]), [
    [["p"], "qqqqqqqq", "gmig rebase p --onto REV"],
    [["r"], "y", "git merge other"],
  ]);
});

test("an uncommitted merge revision of another branch is left out, told, and in nobody's way", async () => {
  const { repository, json, run, commit } = await freshGitProject();
  commit("a", "a");
  repository.branch("work");
  commit("fork", "b <- a", "c <- a");
  assert.is((await run(["merge", "heads", "--no-check"])).status, 0);
  const merge = deriveMergeId(["b", "c"]);
  repository.git("switch", "main");
  const { status, json: heads } = await json(["heads"]);
  assert.equal([status, (heads["heads"] as { readonly revision: string }[]).map(({ revision }) => revision)], [0, ["a"]]);
  assert.equal(problems(heads).map(({ code, revisions }) => [code, revisions]), [["MERGE_STRAY", [merge]]]);
  assert.equal((await json(["check"])).json, { ok: true, findings: [] });
  assert.equal((await json(["upgrade"])).json["rows"], ["a"]);
  assert.equal((await json(["status"])).json["upToDate"], true);
  repository.git("switch", "work");
  assert.equal((await json(["upgrade"])).json["rows"], [merge]);
});

test("a committed merge revision whose parents are missing is broken, as is a written one that only looks alike", async () => {
  const { repository, json, commit } = await freshGitProject();
  commit("a", "a");
  const { name, text } = sqlRevision("m <- b c");
  writeFileSync(join(repository.path, name), text);
  assert.is((await json(["upgrade"])).json.error?.code, "PARENT_MISSING");
  const id = deriveMergeId(["b", "c"]);
  writeFileSync(join(repository.path, name), text.replace("revision: m", `revision: ${id}`));
  assert.equal((await json(["upgrade"])).status, 0);
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "-m", "merge");
  assert.is((await json(["upgrade"])).json.error?.code, "PARENT_MISSING");
});

test("show says what is wrong with a revision that has a file and is not in the graph", async () => {
  const { json, commit } = await freshGitProject();
  // c follows a revision that is nowhere, d follows c; e and f follow each other.
  commit("broken", "a", "c9c9 <- gone", "d9d9 <- c9c9", "e9e9 <- f9f9", "f9f9 <- e9e9");
  const shown = async (name: string) => {
    const { status, json: { error } } = await json(["show", name]);
    return [status, error?.code, error?.hint, (error as { message?: string } | undefined)?.message];
  };
  assert.equal((await shown("a"))[0], 0);
  const [status, code, , message] = await shown("c9c9");
  assert.equal([status, code], [3, "PARENT_MISSING"]);
  assert.match(String(message), /c9c9.*follows gone/);
  assert.equal((await shown("c9")).slice(0, 2), [3, "PARENT_MISSING"]);
  assert.match(String((await shown("d9d9"))[3]), /^Revision d9d9 has a file, and what it stands on is broken: .*c9c9/);
  assert.equal((await shown("e9e9")).slice(0, 2), [3, "GRAPH_CYCLE"]);
  assert.equal((await shown("nowhere")).slice(0, 2), [3, "REVISION_NOT_FOUND"]);
});

test.run();
