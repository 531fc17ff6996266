import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { HOOKS, hookCommand } from "../../src/project/hook-lines.js";
import { plantProgram } from "../hooks/hooked-repository.js";
import { freshFolder } from "../support/folder.js";
import { freshRepository, type Repository } from "../support/repository.js";
import { skip } from "../support/skip.js";
import { type ErrorJson, everything, install, json, project, status, uninstall } from "./clone-hooks.js";

const test = suite("cli/hook-managers");

/** What husky 9 writes when it is installed. */
function setUpHusky(repository: Repository): void {
  for (const hook of [...HOOKS, "commit-msg"]) plantProgram(join(repository.path, ".husky/_", hook), `#!/usr/bin/env sh\n. "$(dirname "$0")/h"`);
  const lines = ['n=$(basename "$0")', 's=$(dirname "$(dirname "$0")")/$n', '[ ! -f "$s" ] && exit 0', '[ "${HUSKY-}" = "0" ] && exit 0', 'export PATH="node_modules/.bin:$PATH"', 'sh -e "$s" "$@"', "exit $?"];
  repository.write(".husky/_/h", `#!/usr/bin/env sh\n${lines.join("\n")}\n`);
  repository.write(".husky/_/.gitignore", "*");
  repository.git("config", "core.hooksPath", ".husky/_");
}

/** A project with husky 9 and two hooks of its own. */
function huskyProject(): Repository {
  const repository = project({ "package.json": '{"devDependencies":{"husky":"9"}}', ".husky/pre-commit": "true\n", ".husky/pre-push": "true" });
  setUpHusky(repository);
  return repository;
}

const WAYS: readonly (readonly [way: string, set: () => Repository])[] = [
  ["plain", project],
  [
    "plain",
    () => {
      const repository = project();
      plantProgram(join(repository.path, ".git/hooks/pre-push"), "#!/bin/sh\ncommand -v git-lfs >/dev/null || exit 0\ngit lfs pre-push \"$@\"\n");
      plantProgram(join(repository.path, ".git/hooks/post-merge"), "#!/bin/bash\n\u00e9");
      return repository;
    },
  ],
  ["husky", huskyProject],
  ["lefthook", () => project({ "lefthook.yml": "# ours\npre-commit:\n  commands:\n    lint: # quickly\n      run: yarn lint\n" })],
  ["simple-git-hooks", () => project({ "package.json": '{\n\t"devDependencies": {"simple-git-hooks": "2"},\n\t"simple-git-hooks": {\n\t\t"pre-commit": "npx lint-staged"\n\t}\n}\n' })],
  ["simple-git-hooks", () => project({ "package.json": '{"devDependencies": {"simple-git-hooks": "2"}}', ".simple-git-hooks.json": '{\n  "pre-commit": "npx lint-staged"\n}\n' })],
];

for (const [index, [way, set]] of WAYS.entries()) {
  test(`${way} (${index}): installed by itself, again without a change, and gone to the byte`, async () => {
    const repository = set();
    const before = everything(repository);
    const dry = await install(repository, "--dry-run", "--mode", "auto");
    assert.equal([...everything(repository)], [...before], "a dry run writes nothing");
    const first = await install(repository, "--mode", "auto", "--merge", "fold", "--push", "check");
    assert.equal([first.way, first.left, first.executed, dry.executed], [way, [], true, false]);
    assert.equal(dry.changed, first.changed);
    assert.equal(repository.git("config", "--get-regexp", "^gmig").split("\n"), ["gmig.project .", "gmig.folder .migrations", "gmig.sync auto", "gmig.merge fold", "gmig.push check"]);
    const installed = everything(repository);
    const again = await install(repository);
    assert.equal([again.changed, again.settings, [...everything(repository)]], [[], [], [...installed]]);
    const { hooks, shim, next } = await status(repository);
    assert.equal([hooks.map(({ state }) => state).join(" "), shim.state, next], [HOOKS.map(() => "current").join(" "), "current", null]);
    await uninstall(repository);
    assert.equal([...everything(repository)], [...before]);
    assert.equal((await uninstall(repository)).changed, []);
  });
}

test("husky: the hooks run through it; another way is refused, and it is said that branches run theirs", async () => {
  const repository = huskyProject();
  repository.commit("two", { ".migrations/1.sql": "" });
  const { remarks, next } = await install(repository);
  assert.match(remarks.join(), /^husky's hooks are tracked files: whoever checks out a branch runs what it has there.* git 2\.54 .*--way config.* --way plain/);
  assert.equal(next, []);
  assert.is(repository.run("checkout", "-q", "HEAD~1").stderr, "gmig: this checkout lacks 1.sql\nhint: gmig sync\n");
  assert.is((await json<ErrorJson>(repository, "install", "--way", "plain")).error.code, "USAGE");
  repository.git("config", "--unset", "core.hooksPath");
  assert.equal((await install(repository)).next, ["npx husky"]);
  assert.match((await status(repository)).hooks[0]?.why ?? "", /^husky has not written /);
  const plain = await install(repository, "--way", "plain");
  assert.is(plain.remarks.length, 0);
  assert.not(existsSync(join(repository.path, ".husky/post-checkout")), "what another way had installed is gone");
});

test("husky 8 and any folder in the worktree: hooks as in git's own folder, with the remark", async () => {
  const repository = project({ ".husky/pre-push": '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n', ".husky/_/husky.sh": "", "package.json": '{"devDependencies":{"husky":"8"}}', ".migrations/1.sql": "" });
  repository.git("config", "core.hooksPath", ".husky");
  const { way, remarks } = await install(repository);
  assert.is(way, "plain");
  assert.match(remarks.join(), /^core\.hooksPath leads into the worktree, to \.husky:/);
  repository.commit("hooks");
  repository.commit("two", { ".migrations/2.sql": "" });
  assert.match(repository.run("checkout", "-q", "HEAD~1").stderr, /^gmig: this checkout lacks 2\.sql\n/);
  assert.ok(existsSync(join(repository.path, ".git/hooks/gmig-hook")), "the shim lies where no branch writes");
});

test("a hooks folder for all clones is not this clone's", async () => {
  const repository = project();
  repository.git("config", "--global", "core.hooksPath", freshFolder());
  const { error } = await json<ErrorJson>(repository, "install");
  assert.equal([error.code, error.hint], ["USAGE", `git config --local core.hooksPath '${repository.path}/.git/hooks'`]);
  repository.git("config", "--local", "core.hooksPath", `${repository.path}/.git/hooks`);
  assert.is((await install(repository)).way, "plain");
});

test("lefthook, simple-git-hooks and pre-commit say what they need, and files that can't be edited are named", async () => {
  const lefthook = project({ "lefthook.yml": "pre-commit:\n  jobs: [{run: a}]\n" });
  const first = await install(lefthook);
  assert.equal([first.left, first.next], [["lefthook.yml is written in a form that gmig can't add to: pre-commit is not installed there"], ["npx lefthook install"]]);
  assert.equal((await status(lefthook)).hooks.find(({ hook }) => hook === "post-merge")?.why, "lefthook has not written .git/hooks/post-merge");
  const toml = await install(project({ "lefthook.toml": "" }));
  assert.match(toml.next.join("\n"), /^Have lefthook\.toml call, from each of post-checkout, .*\n.*gmig-hook/);
  const simple = project({ "package.json": '{"simple-git-hooks": {}}' });
  assert.equal((await install(simple)).next, ["npx simple-git-hooks"]);
  plantProgram(join(simple.path, ".git/hooks/post-merge"), "#!/bin/sh\n");
  assert.match((await status(simple)).hooks.find(({ hook }) => hook === "post-merge")?.why ?? "", /npx simple-git-hooks$/);
  const framework = project({ ".pre-commit-config.yaml": "repos: []\n" });
  const { next, way, changed } = await install(framework);
  assert.equal([way, changed.map(({ file }) => file), next.at(-1)?.startsWith("pre-commit install --hook-type post-checkout")], ["pre-commit", [".git/hooks/gmig-hook"], true]);
  framework.write(".pre-commit-config.yaml", `repos:\n${next.slice(1, -1).join("\n")}\n`);
  assert.is((await status(framework)).hooks.find(({ hook }) => hook === "post-rewrite")?.state, "current");
  assert.equal((await uninstall(framework)).left, [".pre-commit-config.yaml calls gmig, and is to be edited by hand"]);
});

test("simple-git-hooks: what it has written into git's own folder stays until gmig goes", async () => {
  const repository = project({ "package.json": '{"simple-git-hooks": {"pre-push": "cat"}}' });
  await install(repository);
  const commands = (JSON.parse(repository.read("package.json")) as { "simple-git-hooks": Record<string, string> })["simple-git-hooks"];
  for (const [hook, command] of Object.entries(commands)) plantProgram(join(repository.path, ".git/hooks", hook), `#!/bin/sh\n\n${command}`);
  assert.equal((await install(repository)).changed, []);
  assert.ok((await status(repository)).hooks.every(({ way, runs }) => way === "simple-git-hooks" && runs));
  await uninstall(repository);
  assert.equal([repository.read("package.json"), repository.read(".git/hooks/pre-push")], ['{"simple-git-hooks": {"pre-push": "cat"}}', "#!/bin/sh\n\ncat"]);
});

test("git 2.54: hooks in its configuration, beside any manager", async () => {
  const repository = project({ "lefthook.yml": "" });
  assert.is((await json<ErrorJson>(repository, "install", "--way", "config")).error.code, "USAGE");
  // What this git can't do is left out: it only says that it is newer.
  const bin = freshFolder();
  const path = repository.env["PATH"] ?? "";
  plantProgram(join(bin, "git"), `#!/bin/sh\nPATH='${path}'\nfor word; do [ "$word" != version ] || { echo git version 2.54.0; exit; }; done\nexec git "$@"\n`);
  const newer: Repository = { ...repository, env: { ...repository.env, PATH: `${bin}:${path}` } };
  const before = everything(repository);
  const { way, changed, remarks } = await install(newer);
  assert.equal([way, changed.map(({ file }) => file), remarks], ["config", [".git/hooks/gmig-hook"], []]);
  for (const hook of HOOKS) {
    assert.is(repository.git("config", `hook.gmig-${hook}.event`), hook);
    assert.is(repository.git("config", `hook.gmig-${hook}.command`), hookCommand(hook));
  }
  assert.ok((await status(newer)).hooks.every(({ way: by, state, runs }) => by === "config" && state === "current" && runs));
  assert.match((await status(repository)).hooks[0]?.why ?? "", /does not read hooks from its configuration/);
  repository.git("config", "hook.gmig-post-merge.enabled", "false");
  assert.is((await status(newer)).hooks.find(({ hook }) => hook === "post-merge")?.runs, false);
  await uninstall(newer);
  assert.equal([...everything(repository)], [...before]);
});

test("the command that git 2.54 would run, as it runs such commands", async () => {
  const repository = project({ ".migrations/1.sql": "" });
  repository.commit("two", { ".migrations/2.sql": "" });
  await install(repository);
  const command = hookCommand("post-checkout");
  // A command with characters that mean something to a shell is run by one, with Git's arguments behind it.
  repository.git("config", "alias.fired", `!sh -c '${command.replaceAll("'", "'\\''")} "$@"' '${command.slice(0, 4)}'`);
  const [old, now] = ["HEAD", "HEAD~1"].map((name) => repository.git("rev-parse", name));
  assert.match(repository.run("fired", old ?? "", now ?? "", "1").stderr, /^gmig: this checkout lacks 2\.sql\n/);
  await uninstall(repository);
  assert.equal(repository.run("fired", old ?? "", now ?? "", "1"), { status: 0, stdout: "", stderr: "" });
});
const [, minor = 0] = freshRepository().git("version").match(/\d+/g)?.map(Number) ?? [];
if (minor < 54) skip(test, "git runs hooks from its configuration", "this git is older than 2.54");

test.run();
