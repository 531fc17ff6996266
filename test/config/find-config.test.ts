import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { configFileIn, findConfig, findGitCommonDirectory, namedConfig } from "../../src/config/find-config.js";
import { cacheFolder } from "../../src/config/load-config.js";
import { freshFolder } from "../support/folder.js";
import { freshRepository } from "../support/repository.js";
import { thrown } from "../support/thrown.js";

const test = suite("config/find-config");

/** Makes files in a fresh folder; a name that ends with a slash is a folder. */
function tree(...paths: readonly string[]): string {
  const root = freshFolder();
  for (const path of paths) {
    const [name = "", text = "{}"] = path.split("=");
    mkdirSync(join(root, name.endsWith("/") ? name : join(name, "..")), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(join(root, name), text);
  }
  return root;
}

const KINDS = ["ts", "mts", "cts", "js", "mjs", "cjs", "json"];

test("every kind of file is found, and in this order where there are several", () => {
  for (const kind of KINDS) {
    const root = tree(`gmig.config.${kind}`, "inner/deep/");
    assert.equal(findConfig(join(root, "inner/deep")), { root, file: join(root, `gmig.config.${kind}`) });
  }
  const all = tree(...KINDS.toReversed().map((kind) => `gmig.config.${kind}`), 'package.json={"gmig":{}}', ".migrations/");
  assert.is(findConfig(all).file, join(all, "gmig.config.ts"));
});

test("package.json counts when it holds the configuration, of whatever type, and only then", () => {
  for (const [text, holds] of [['{"gmig":{}}', true], ['{"gmig":"oops"}', true], ['{"gmig":null}', true], ['{"devDependencies":{"gmig":"1"}}', false], ['{"gmig":{}', false], ["null", false], ['"gmig"', false]] as const) {
    const root = tree(`package.json=${text}`, ".git/");
    assert.is(configFileIn(root) !== null, holds, text);
  }
  const both = tree('package.json={"gmig":{}}', "gmig.config.json");
  assert.is(findConfig(both).file, join(both, "gmig.config.json"));
});

test("a package.json that is a folder, or that nobody may read, is passed by", async () => {
  const root = tree("package.json/", ".git/");
  assert.is((await thrown(() => findConfig(root))).code, "CONFIG_NOT_FOUND");
  const locked = tree('package.json={"gmig":{}}', ".git/");
  chmodSync(join(locked, "package.json"), 0);
  // Whoever is root reads it all the same.
  if (process.getuid?.() !== 0) assert.is((await thrown(() => findConfig(locked))).code, "CONFIG_NOT_FOUND");
});

test("the nearest file wins over those above it", () => {
  const root = tree("gmig.config.json", "packages/shop/gmig.config.json", "packages/shop/src/");
  assert.is(findConfig(join(root, "packages/shop/src")).root, join(root, "packages/shop"));
  assert.is(findConfig(join(root, "packages")).root, root);
});

test("a file above wins over a bare folder, which it may well name itself", () => {
  const root = tree("gmig.config.json", "db/.migrations/");
  assert.equal(findConfig(join(root, "db")), { root, file: join(root, "gmig.config.json") });
});

test("without any file the nearest folder of revisions is enough", () => {
  const root = tree(".migrations/", "inner/.migrations/", "inner/deep/", "other/");
  assert.equal(findConfig(join(root, "inner/deep")), { root: join(root, "inner"), file: null });
  assert.equal(findConfig(join(root, "other")), { root, file: null });
});

test("nothing above the Git root is looked at, be it a repository or a linked worktree", async () => {
  const root = tree("gmig.config.json", "repository/.git/", "repository/src/", "worktree/.git=gitdir: elsewhere\n", "worktree/src/");
  for (const folder of ["repository/src", "repository", "worktree/src"]) {
    const error = await thrown(() => findConfig(join(root, folder)));
    assert.equal([error.code, error.exitStatus, error.hint], ["CONFIG_NOT_FOUND", 2, "gmig init"]);
  }
  assert.is(findConfig(join(tree("a/gmig.config.json", "a/.git/", "a/b/"), "a/b")).file?.endsWith("a/gmig.config.json"), true);
});

test("a named file is taken wherever it is; one that is missing or a folder is told", async () => {
  const root = tree("deploy/gmig.json", "src/");
  assert.equal(namedConfig(join(root, "src"), "../deploy/gmig.json"), { root: join(root, "deploy"), file: join(root, "deploy/gmig.json") });
  assert.match((await thrown(() => namedConfig(root, "none.ts"))).message, /There is no configuration file none\.ts/);
  assert.match((await thrown(() => namedConfig(root, "deploy"))).message, /deploy is a folder/);
});

test("the cache lies in Git's common directory, that of the main worktree, else beside the configuration", () => {
  const repository = freshRepository();
  repository.commit("begin");
  const worktree = repository.worktree("other");
  const common = join(repository.path, ".git");
  assert.is(findGitCommonDirectory(join(repository.path)), common);
  assert.is(findGitCommonDirectory(worktree.path), common);
  assert.is(cacheFolder(worktree.path), join(common, "gmig"));
  const outside = freshFolder();
  assert.is(cacheFolder(outside), join(outside, ".gmig/cache"));
  const broken = tree(".git=no gitdir here\n");
  assert.is(findGitCommonDirectory(broken), null);
  assert.is(findGitCommonDirectory(tree(".git=gitdir: /nowhere/at/all\n")), null);
});

test.run();
