import { createHash } from "node:crypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findBlobs } from "../../src/git/find-blobs.js";
import { folderHistory } from "../../src/git/folder-history.js";
import { localTips } from "../../src/git/local-tips.js";
import { freshRepository, type Repository } from "../support/repository.js";
import { FOLDER, history, ODD_BRANCH, ODD_FOLDER, open } from "./situations.js";

const test = suite("git/find-blobs");

/** The id that a text has as a blob, whether or not it is stored. */
function idOf(text: string): string {
  return createHash("sha1").update(`blob ${Buffer.byteLength(text)}\0${text}`).digest("hex");
}

/** `path@subject` where the text is found, or null. */
async function find(repository: Repository, text: string, options: { readonly recursive?: boolean; readonly folders?: readonly string[] } = {}): Promise<string | null> {
  const id = idOf(text);
  const found = (await findBlobs(open(repository), [id], options.folders ?? [FOLDER], options)).get(id);
  return found === undefined ? null : `${found.path}@${repository.git("log", "-1", "--format=%s", found.commit)}`;
}

test("at tips and deep in the history, in subfolders when asked, in odd folders", async () => {
  const repository = history();
  assert.is(await find(repository, "a"), `${FOLDER}/a.ts@Merge branch 'side'`);
  assert.is(await find(repository, "c"), `${FOLDER}/c.ts@Merge branch 'side'`);
  assert.is(await find(repository, "edited"), `${FOLDER}/a.ts@odd`);
  assert.is(await find(repository, "x"), null);
  assert.is(await find(repository, "x", { recursive: true }), `${FOLDER}/deep/x.ts@Merge branch 'side'`);
  assert.is(await find(repository, "odd", { folders: [FOLDER, ODD_FOLDER] }), `${ODD_FOLDER}/q'"\n$(x).ts@odd`);
  assert.is(await find(repository, "r"), null, "it lies in another folder");
  assert.is(await find(repository, "r", { folders: [""] }), "README.md@Merge branch 'side'");
  repository.git("rm", "--quiet", "-r", FOLDER);
  repository.commit("no folder any more");
  assert.is(await find(repository, "c"), `${FOLDER}/c.ts@Merge branch 'side'`);
});

test("a deleted branch's, an amended commit's and a rebased one's, as long as HEAD's log remembers", async () => {
  const repository = history();
  repository.branch("gone");
  repository.commit("first try", { [`${FOLDER}/g.ts`]: "first try" });
  repository.write(`${FOLDER}/g.ts`, "second try");
  repository.git("commit", "--quiet", "--all", "--amend", "-m", "second try");
  repository.git("switch", "--quiet", "main");
  repository.git("branch", "-D", "gone");
  assert.is(await find(repository, "first try"), `${FOLDER}/g.ts@first try`);
  assert.is(await find(repository, "second try"), `${FOLDER}/g.ts@second try`);
  repository.git("switch", "--quiet", "--orphan", "empty");
  assert.is(await find(repository, "second try"), `${FOLDER}/g.ts@second try`, "also where HEAD has no commit");
  repository.git("switch", "--quiet", "main");
  repository.git("reflog", "expire", "--expire=now", "--all");
  assert.is(await find(repository, "second try"), null, "stored still, and reachable from nothing");
  repository.git("gc", "--quiet", "--prune=now");
  assert.is(await find(repository, "second try"), null);
});

test("a log that names collected commits", async () => {
  const repository = history();
  repository.commit("lost", { [`${FOLDER}/l.ts`]: "lost" });
  const log = repository.read(".git/logs/HEAD");
  repository.git("reset", "--quiet", "--hard", "HEAD~1");
  repository.git("reflog", "expire", "--expire=now", "--all");
  repository.git("gc", "--quiet", "--prune=now");
  repository.write(".git/logs/HEAD", log);
  assert.is(await find(repository, "lost"), null);
  assert.is(await find(repository, "c"), `${FOLDER}/c.ts@Merge branch 'side'`);
});

test("what was merely fetched is not found, though the object database holds it", async () => {
  const repository = history();
  const stranger = repository.clone();
  stranger.branch("evil");
  stranger.commit("evil", { [`${FOLDER}/evil.ts`]: "evil" });
  repository.git("fetch", "--quiet", stranger.path, "evil:refs/remotes/stranger/evil", "evil:refs/tags/evil");
  assert.is(repository.run("cat-file", "-e", idOf("evil")).status, 0);
  assert.is(await find(repository, "evil"), null);
  repository.git("branch", "mine-now", "stranger/evil");
  assert.is(await find(repository, "evil"), `${FOLDER}/evil.ts@evil`);
});

test("a file that only a merge commit has", async () => {
  const repository = history();
  repository.branch("other", "side");
  repository.commit("other", { "other.txt": "o" });
  repository.git("switch", "--quiet", "main");
  repository.git("merge", "--quiet", "--no-commit", "other");
  repository.commit("merged", { [`${FOLDER}/merge.ts`]: "merge" });
  repository.git("rm", "--quiet", `${FOLDER}/merge.ts`);
  repository.commit("unmerged");
  assert.is(await find(repository, "merge"), `${FOLDER}/merge.ts@merged`);
});

test("in a linked worktree, with its own HEAD's log", async () => {
  const repository = history();
  const worktree = repository.worktree("wt");
  worktree.git("switch", "--quiet", "--detach");
  worktree.commit("detached", { [`${FOLDER}/d.ts`]: "detached" });
  worktree.git("switch", "--quiet", "wt");
  assert.is(await find(worktree, "detached"), `${FOLDER}/d.ts@detached`);
  assert.is(await find(repository, "detached"), null);
});

test("in a shallow and in a partial clone what is here is searched", async () => {
  const origin = history();
  origin.git("config", "uploadpack.allowFilter", "true");
  const shallow = origin.clone("--no-local", "--depth=1");
  assert.is(await find(shallow, "c"), `${FOLDER}/c.ts@last`);
  for (const filter of ["blob:none", "tree:0"]) {
    const partial = origin.clone("--no-local", `--filter=${filter}`);
    const before = partial.git("count-objects", "-v");
    assert.match((await find(partial, "c")) ?? "", `${FOLDER}/c.ts@`);
    assert.is(partial.git("count-objects", "-v"), before, "nothing was fetched");
  }
});

test("the commits that changed a folder, with its trees", async () => {
  const repository = history();
  const opened = open(repository);
  const changes = await folderHistory(opened, await localTips(opened), FOLDER);
  const subjects = changes.map(({ commit }) => repository.git("log", "-1", "--format=%s", commit));
  assert.equal([...subjects].sort(), ["Merge branch 'side'", "odd", "one", "side", "two"]);
  for (const { commit, tree } of changes) assert.is(tree, repository.git("rev-parse", `${commit}:${FOLDER}`));
  assert.equal(await folderHistory(opened, ["1".repeat(40)], FOLDER), []);
  assert.equal(await folderHistory(opened, [], FOLDER), []);
});

test("an empty repository, nothing wanted", async () => {
  const repository = freshRepository();
  assert.equal(await localTips(open(repository)), []);
  assert.is(await find(repository, "a"), null);
  assert.is((await findBlobs(open(history()), [], [FOLDER])).size, 0);
});

test("local branches are tips, whatever they are called", async () => {
  const repository = history();
  const tips = await localTips(open(repository));
  for (const branch of ["main", "side", ODD_BRANCH]) assert.ok(tips.includes(repository.git("rev-parse", `refs/heads/${branch}`)));
});

test.run();
