import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fetchCommand } from "../../src/git/fetch-hints.js";
import { filesAt, folderTree } from "../../src/git/files-at.js";
import { filesOnBranches } from "../../src/git/files-on-branches.js";
import { mergeBases } from "../../src/git/merge-bases.js";
import { readBlobs, readTexts } from "../../src/git/read-blobs.js";
import { resolveCommit } from "../../src/git/resolve-commit.js";
import type { Repository } from "../support/repository.js";
import { thrown } from "./errors.js";
import { FOLDER, history, open } from "./situations.js";

// What a clone lacks is said to be missing, is never fetched in silence, and the hint's command brings it.

const test = suite("git/partial-clone");

function clone(...args: readonly string[]): Repository {
  const origin = history();
  origin.git("config", "uploadpack.allowFilter", "true");
  return origin.clone("--no-local", ...args);
}

/** Runs a hint as it would be pasted. */
function paste(repository: Repository, hint: string | undefined): void {
  assert.match(hint ?? "", /^git /);
  repository.git(...(hint ?? "").split(" ").slice(1).map((word) => word.replaceAll("'", "")));
}

function countObjects(repository: Repository): string {
  return repository.git("count-objects", "-v");
}

test("blobs that were never fetched are missing, and stay so unless they are asked for", async () => {
  const repository = clone("--filter=blob:none");
  const opened = open(repository);
  const before = countObjects(repository);
  const side = await resolveCommit(opened, "origin/side");
  const [folder] = await filesAt(opened, side, [FOLDER]);
  assert.equal(folder?.files.map(({ name }) => name), ["a.ts", "c.ts"]);
  const c = folder?.files[1]?.id ?? "";
  const odd = repository.git("rev-parse", `origin/side:${FOLDER}/deep/x.ts`);
  const gone = repository.git("rev-parse", "origin/main~2:README.md");
  assert.equal([...(await readBlobs(opened, [c, odd])).keys()], [c, odd], "the checkout has fetched them");
  const edited = (await filesOnBranches(opened, [FOLDER], { remotes: true })).branches.flatMap(({ folders }) => folders.flatMap(({ files }) => files)).find(({ id, name }) => name === "a.ts" && id !== folder?.files[0]?.id)?.id ?? "";
  assert.equal([...(await readBlobs(opened, [edited, gone]))], []);
  assert.is(countObjects(repository), before, "nothing was fetched");
  paste(repository, fetchCommand(opened, [gone]));
  assert.equal([...(await readTexts(opened, [edited, gone])).values()], ["r"]);
  assert.equal([...(await readTexts(opened, [edited, gone], { fetch: true })).values()], ["edited", "r"]);
});

test("trees that were never fetched: the branch is unread, the error names them, and its hint brings them", async () => {
  const repository = clone("--filter=tree:0");
  const opened = open(repository);
  const before = countObjects(repository);
  const side = await resolveCommit(opened, "origin/side");
  const { branches, unread } = await filesOnBranches(opened, [FOLDER], { remotes: true });
  assert.equal(branches.map(({ name }) => name), ["main", "origin/main"]);
  assert.is(unread.length, 2);
  const error = await thrown(async () => filesAt(opened, side, [FOLDER]));
  assert.is(error.code, "GIT_FAILED");
  assert.match(error.message, `does not hold the folder ${FOLDER} of ${side.slice(0, 12)}`);
  assert.is((await mergeBases(opened, side, await resolveCommit(opened, "HEAD"))).length, 1);
  assert.is(countObjects(repository), before, "nothing was fetched");
  paste(repository, error.hint);
  assert.equal((await filesAt(opened, side, [FOLDER]))[0]?.files.map(({ name }) => name), ["a.ts", "c.ts"]);
});

test("many missing objects are fetched all at once", async () => {
  const repository = clone("--filter=blob:none", "--no-checkout");
  const opened = open(repository);
  const ids = Array.from({ length: 9 }, (_, index) => String(index).repeat(40));
  const hint = fetchCommand(opened, ids);
  assert.is(hint, "git fetch --refetch --no-filter origin");
  const { branches } = await filesOnBranches(opened, [FOLDER], { remotes: true, recursive: true });
  const all = [...new Set(branches.flatMap(({ folders }) => folders.flatMap(({ files }) => files.map(({ id }) => id))))];
  assert.is((await readBlobs(opened, all)).size, 0);
  paste(repository, hint);
  assert.is((await readBlobs(opened, all)).size, all.length);
});

test("a shallow clone without a common ancestor says so, and the hint's command mends it", async () => {
  const repository = clone("--depth=1", "--no-single-branch");
  for (const binary of [undefined, null]) {
    const opened = open(repository, binary === null ? { binary } : {});
    const main = await resolveCommit(opened, "HEAD");
    const side = await resolveCommit(opened, "origin/side");
    const error = await thrown(async () => mergeBases(opened, main, side));
    assert.equal([error.code, error.hint], ["GIT_FAILED", "git fetch --unshallow origin"]);
    assert.match(error.message, /shallow and holds no common ancestor/);
  }
  paste(repository, "git fetch --unshallow origin");
  const opened = open(repository);
  assert.is(opened.shallow, false);
  const side = await resolveCommit(opened, "origin/side");
  assert.equal(await mergeBases(opened, await resolveCommit(opened, "HEAD"), side), [side]);
});

test("the shape of a CI checkout: one branch at depth 1, the base fetched beside it", async () => {
  const repository = clone("--depth=1");
  let opened = open(repository);
  const missing = await thrown(async () => resolveCommit(opened, "origin/side"));
  assert.is(missing.hint, "git fetch origin +refs/heads/side:refs/remotes/origin/side");
  repository.git("fetch", "--quiet", "--depth=1", "origin", "+refs/heads/side:refs/remotes/origin/side");
  const [main, side] = [await resolveCommit(opened, "HEAD"), await resolveCommit(opened, "origin/side")];
  opened = open(repository);
  const error = await thrown(async () => mergeBases(opened, main, side));
  paste(repository, error.hint);
  assert.equal(await mergeBases(open(repository), main, side), [side]);
});

test("a branch that was not fetched is named with the command that fetches it", async () => {
  const repository = clone("--single-branch");
  const opened = open(repository);
  const hints = ["origin/side", "refs/remotes/origin/side", "origin/side~1"].map(async (text) => (await thrown(async () => resolveCommit(opened, text))).hint);
  const [hint, ...same] = await Promise.all(hints);
  assert.equal(same, [hint, hint]);
  paste(repository, hint);
  assert.is((await resolveCommit(opened, "origin/side")).length, 40);
  const error = await thrown(async () => resolveCommit(opened, "nobody/side"));
  assert.equal([error.code, error.hint], ["REVISION_NOT_FOUND", undefined]);
});

test("a commit that is not here is an error, not an empty folder", async () => {
  const repository = history();
  for (const binary of [undefined, null]) {
    const error = await thrown(async () => folderTree(open(repository, binary === null ? { binary } : {}), "1".repeat(40), FOLDER));
    assert.match(error.message, /does not hold the commit 1{40}/);
  }
});

test.run();
