import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gitEnvironment, userEnvironment } from "../../src/git/environment.js";
import { findGit } from "../../src/git/find-git.js";
import { freshRepository } from "../support/repository.js";
import { BINARY } from "./situations.js";

const test = suite("git/environment");

test("the user's code is freed of every variable that git calls local, and of nothing else", () => {
  const local = freshRepository().git("rev-parse", "--local-env-vars").split("\n");
  assert.ok(local.length > 10);
  const kept = { PATH: "/bin", GIT_EDITOR: ":", GIT_REFLOG_ACTION: "pull", GIT_AUTHOR_DATE: "now", GMIG_HOOKS: "0" };
  const counted = { GIT_CONFIG_KEY_0: "a.b", GIT_CONFIG_VALUE_0: "c" };
  assert.equal(userEnvironment({ ...kept, ...counted, ...Object.fromEntries(local.map((name) => [name, "1"])) }), kept);
});

test("what a hook says of the repository stays, absolute from where it was said", () => {
  const env = { GIT_DIR: ".git", GIT_WORK_TREE: ".", GIT_INDEX_FILE: ".git/index.lock", GIT_OBJECT_DIRECTORY: "/o", GIT_ALTERNATE_OBJECT_DIRECTORIES: "a:/b", HOME: "h" };
  assert.equal(gitEnvironment(env, "/r"), {
    GIT_DIR: "/r/.git",
    GIT_WORK_TREE: "/r",
    GIT_INDEX_FILE: "/r/.git/index.lock",
    GIT_OBJECT_DIRECTORY: "/o",
    GIT_ALTERNATE_OBJECT_DIRECTORIES: "/r/a:/b",
    HOME: "h",
  });
});

test("what would bend the output is dropped", () => {
  assert.equal(gitEnvironment({ GIT_PREFIX: "sub/", GIT_GLOB_PATHSPECS: "1", GIT_EXTERNAL_DIFF: "evil", GIT_DIR: "" }, "/r"), { GIT_DIR: "" });
});

test("git is looked for in the absolute folders of PATH only", () => {
  assert.ok(BINARY);
  assert.is(findGit({ PATH: `.::bin:/nowhere:${join(BINARY, "..")}` }), BINARY);
  assert.is(findGit({ PATH: ".:bin" }), null);
  assert.is(findGit({}), null);
});

test.run();
