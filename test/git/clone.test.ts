import { chmodSync, renameSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readCloneConfig, readIdentity, setCloneConfig } from "../../src/git/clone-config.js";
import { ensureCloneId, readCloneId } from "../../src/git/clone-id.js";
import { gitVersion, isAtLeast } from "../../src/git/git-version.js";
import { hooksFolder } from "../../src/git/hooks-folder.js";
import { upstreamOf } from "../../src/git/upstream.js";
import { freshFolder } from "../support/folder.js";
import { freshRepository } from "../support/repository.js";
import { skip } from "../support/skip.js";
import { history, ODD_BRANCH, open } from "./situations.js";

const test = suite("git/clone");

test("this clone's own settings are read, set and removed; nobody else's count", async () => {
  const repository = history();
  const opened = open(repository);
  assert.equal([...(await readCloneConfig(opened))], []);
  repository.git("config", "--global", "gmig.sync", "auto");
  repository.commit("settings", { ".gitconfig": "[gmig]\n\tsync = auto\n" });
  repository.git("config", "include.path", "../.gitconfig");
  repository.git("config", "other.key", "x");
  assert.equal([...(await readCloneConfig(opened))], []);
  for (const value of ["report", "-x", "we 'ird\n$(x)\"", ""]) {
    await setCloneConfig(opened, "gmig.folder", value);
    assert.equal([...(await readCloneConfig(opened))], [["gmig.folder", value]]);
  }
  repository.git("config", "--add", "gmig.folder", "second");
  await setCloneConfig(opened, "gmig.folder", "one");
  await setCloneConfig(opened, "gmig.mergeChecked", "1");
  assert.equal([...(await readCloneConfig(open(repository.worktree("wt"))))], [["gmig.folder", "one"], ["gmig.mergechecked", "1"]]);
  await setCloneConfig(opened, "gmig.folder", null);
  await setCloneConfig(opened, "gmig.folder", null);
  assert.equal([...(await readCloneConfig(opened)).keys()], ["gmig.mergechecked"]);
});

test("who the user is, in a repository and outside one", async () => {
  const repository = freshRepository();
  const git = open(repository).requireGit("");
  assert.equal(await readIdentity(git), { name: "Ada", email: "ada@example.org" });
  repository.git("config", "user.email", "here@example.org");
  assert.is((await readIdentity(git)).email, "here@example.org");
  assert.equal(await readIdentity({ ...git, cwd: freshFolder() }), { name: "Ada", email: "ada@example.org" });
  assert.equal(await readIdentity({ ...git, cwd: freshFolder(), env: { ...git.env, GIT_CONFIG_GLOBAL: "/dev/null" } }), { name: null, email: null });
});

test("a clone's name stays with it, is another in a fresh clone, and tells its worktrees apart", async () => {
  const repository = history();
  const opened = open(repository);
  assert.is(readCloneId(opened), null);
  const ids = await Promise.all(Array.from({ length: 8 }, async () => Promise.resolve(ensureCloneId(open(repository)))));
  assert.is(new Set(ids).size, 1);
  assert.match(ids[0] ?? "", /^[0-9a-f]{16}$/);
  assert.is(readCloneId(open(repository)), ids[0]);
  assert.is(ensureCloneId(open(repository.worktree("linked"))), `${ids[0]}/linked`);
  assert.is.not(ensureCloneId(open(repository.clone())), ids[0]);
  const moved = join(freshFolder(), "moved");
  renameSync(repository.path, moved);
  assert.is(readCloneId(open({ ...repository, path: moved, env: repository.env })), ids[0]);
});

if (process.getuid?.() === 0) {
  skip(test, "a clone that may not be written to has no name", "nothing is read-only for root");
} else {
  test("a clone that may not be written to has no name", () => {
    const repository = history();
    chmodSync(join(repository.path, ".git"), 0o555);
    assert.is(ensureCloneId(open(repository)), null);
    chmodSync(join(repository.path, ".git"), 0o755);
  });
}

test("what a branch follows", async () => {
  const repository = history().clone("--no-local");
  const opened = open(repository);
  assert.equal(await upstreamOf(opened, "main"), { name: "origin/main", ref: "refs/remotes/origin/main", commit: repository.git("rev-parse", "origin/main") });
  repository.git("branch", "--no-track", "alone");
  repository.git("branch", "--track", "local", "alone");
  repository.git("branch", "--track", ODD_BRANCH, `origin/${ODD_BRANCH}`);
  assert.is(await upstreamOf(opened, "alone"), null);
  assert.is((await upstreamOf(opened, "local"))?.name, "alone");
  assert.is((await upstreamOf(opened, ODD_BRANCH))?.name, `origin/${ODD_BRANCH}`);
  repository.git("branch", "-D", "--remotes", "origin/main");
  assert.is((await upstreamOf(opened, "main"))?.commit, null);
  assert.is(await upstreamOf(opened, "nope"), null);
  assert.is(await upstreamOf(opened, "--format=x"), null);
});

test("the hooks' folder, from anywhere", async () => {
  const repository = history();
  const worktree = repository.worktree("wt");
  const hooks = join(repository.path, ".git/hooks");
  for (const opened of [open(repository), open(repository, { from: "db" }), open(worktree)]) assert.is(await hooksFolder(opened), hooks);
  repository.git("config", "core.hooksPath", ".husky/_");
  assert.is(await hooksFolder(open(repository, { from: "db" })), join(repository.path, ".husky/_"));
  assert.is(await hooksFolder(open(worktree)), join(worktree.path, ".husky/_"));
  repository.git("config", "core.hooksPath", "/somewhere/else");
  assert.is(await hooksFolder(open(worktree)), "/somewhere/else");
});

test("git's version", async () => {
  const version = await gitVersion(open(freshRepository()).requireGit(""));
  assert.ok(isAtLeast(version, 2, 20));
  assert.equal([isAtLeast([2, 39, 5], 2, 39), isAtLeast([2, 39, 5], 2, 54), isAtLeast([3, 0, 0], 2, 54), isAtLeast([1, 99, 0], 2, 0)], [true, false, true, false]);
});

test.run();
