import { chmodSync, existsSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gmigIn, plantProgram } from "../hooks/hooked-repository.js";
import { freshFolder } from "../support/folder.js";
import type { Repository } from "../support/repository.js";
import { type ErrorJson, everything, install, json, project, status, uninstall } from "./clone-hooks.js";

const test = suite("cli/hooks");

test("a shim or a block of an older gmig is told of and brought up to date", async () => {
  const repository = project();
  await install(repository);
  const installed = everything(repository);
  repository.write(".git/hooks/gmig-hook", "#!/bin/sh\n");
  repository.write(".git/hooks/post-merge", repository.read(".git/hooks/post-merge").replace("if [", "if  ["));
  const { hooks, shim, next } = await status(repository);
  assert.equal([shim.state, hooks.filter(({ state }) => state === "outdated").map(({ hook }) => hook), next], ["outdated", ["post-merge"], "gmig hooks install"]);
  await install(repository);
  assert.equal([...everything(repository)], [...installed]);
});

test("marked lines that do not end: install and uninstall refuse, status tells, and all say which file lacks which line", async () => {
  const repository = project();
  await install(repository);
  const whole = repository.read(".git/hooks/post-merge");
  repository.write(".git/hooks/post-merge", whole.replace(/# <<<.*\n/, ""));
  const said = '.git/hooks/post-merge: The lines that gmig marked for post-merge begin and do not end: the line "# <<< gmig post-merge <<<" is missing';
  const before = everything(repository);
  for (const verb of ["install", "uninstall"]) {
    const { error } = await json<ErrorJson>(repository, verb);
    assert.equal([error.code, error.message, error.hint], ["CONFIG_INVALID", said, "edit .git/hooks/post-merge"], verb);
  }
  assert.equal([...everything(repository)], [...before]);
  const { hooks, remarks, next } = await status(repository);
  assert.equal([hooks.find(({ hook }) => hook === "post-merge")?.state, remarks, next], ["outdated", [said], "edit .git/hooks/post-merge"]);
  repository.write(".git/hooks/post-merge", `${repository.read(".git/hooks/post-merge")}# <<< gmig post-merge <<<\n`);
  assert.equal([repository.read(".git/hooks/post-merge"), (await status(repository)).next], [whole, null]);
});

test("what would not run says why: the mode, core.hooksPath, a missing shim, the environment", async () => {
  const repository = project();
  await install(repository);
  const why = async (hook = "post-merge"): Promise<readonly unknown[]> => {
    const found = (await status(repository)).hooks.find((one) => one.hook === hook);
    return [found?.runs, found?.why];
  };
  assert.equal(await why(), [true, null]);
  chmodSync(join(repository.path, ".git/hooks/post-merge"), 0o644);
  assert.equal(await why(), [false, "the file is not executable"]);
  assert.equal(await why("pre-push"), [true, null]);
  repository.git("config", "core.hooksPath", ".githooks");
  assert.equal(await why("pre-push"), [false, "core.hooksPath is .githooks"]);
  repository.git("config", "--unset", "core.hooksPath");
  chmodSync(join(repository.path, ".git/hooks/gmig-hook"), 0o644);
  assert.equal(await why("pre-push"), [false, "the shim is missing"]);
  await install(repository);
  assert.equal(await why("pre-push"), [true, null]);
  for (const [name, value] of [["CI", "1"], ["GMIG_HOOKS", "0"], ["HUSKY", "0"]] as const) {
    const quiet: Repository = { ...repository, env: { ...repository.env, [name]: value } };
    assert.is((await status(quiet)).disabledBy, name);
  }
  assert.is((await status(repository)).disabledBy, null);
});

test("hooks that are no shell scripts, or links, are left alone and told of", async () => {
  const repository = project({ "scripts/pre-push": "#!/bin/sh\n" });
  plantProgram(join(repository.path, ".git/hooks/post-merge"), "#!/usr/bin/env node\n");
  symlinkSync("../../scripts/pre-push", join(repository.path, ".git/hooks/pre-push"));
  const { left } = await install(repository);
  assert.equal(left, [".git/hooks/post-merge is no shell script: post-merge is not installed there", ".git/hooks/pre-push is a link to a file that others may use: pre-push is not installed there"]);
  assert.equal([repository.read(".git/hooks/post-merge"), repository.read("scripts/pre-push")], ["#!/usr/bin/env node\n", "#!/bin/sh\n"]);
  assert.match((await gmigIn(repository, ["hooks", "status"])).stdout, /^post-merge {6}not installed$/m);
});

test("a hooks folder that is none: nothing is written, and it is no bug of gmig's", async () => {
  const repository = project();
  repository.git("config", "core.hooksPath", "/dev/null");
  const { error } = await json<ErrorJson>(repository, "install");
  assert.equal([error.code, error.message, error.hint], ["USAGE", "Git looks for hooks in /dev/null, which is no folder: it runs none here", "git config --local --unset core.hooksPath"]);
  assert.not(existsSync(join(repository.path, ".git/hooks/gmig-hook")));
  assert.equal((await status(repository)).hooks.every(({ state }) => state === "missing"), true);
  repository.git("config", "--unset", "core.hooksPath");
  rmSync(join(repository.path, ".git/hooks"), { recursive: true, force: true });
  repository.write(".git/hooks", "");
  const { error: own } = await json<ErrorJson>(repository, "install");
  assert.equal([own.code, own.hint], ["USAGE", "ls -ld .git/hooks"]);
  assert.is((await status(repository)).next, "gmig hooks install");
  assert.equal((await uninstall(repository)).changed, []);
});

test("several projects and databases, a folder that moved, and a way back for all of them", async () => {
  const repository = project({ "packages/api/gmig.config.json": '{"databases": {"a": {"migrations": ["x", "y"]}, "b": {"migrations": "y"}}}' });
  await install(repository);
  const api = { ...repository, path: join(repository.path, "packages/api") };
  assert.is((await status(api)).remarks.length, 1, "this project is not known yet");
  await install(api, "--name", "a");
  assert.equal((await status(api)).projects, [{ project: ".", folders: [".migrations"] }, { project: "packages/api", folders: ["packages/api/x", "packages/api/y"] }]);
  repository.write("gmig.config.json", '{"migrations": "moved"}');
  const { remarks, next } = await status(repository);
  assert.equal([remarks.length, next], [1, "gmig hooks install"]);
  await install(repository);
  assert.equal((await status(repository)).projects[0], { project: ".", folders: ["moved"] });
  repository.write("gmig.config.json", "{");
  assert.is((await status(repository)).next, null, "a broken configuration is none of the hooks'");
  await uninstall(repository);
  assert.equal((await status(repository)).projects, []);
  repository.write("gmig.config.json", '{"migrations": "../elsewhere"}');
  assert.is((await json<ErrorJson>(repository, "install")).error.code, "CONFIG_INVALID");
});

test("a linked worktree shares its clone's hooks", async () => {
  const repository = project();
  const linked = repository.worktree("linked");
  await install(linked);
  assert.ok(existsSync(join(repository.path, ".git/hooks/gmig-hook")));
  assert.ok((await status(repository)).hooks.every(({ runs }) => runs));
});

test("outside a repository, in a bare one, and words that are none", async () => {
  const folder = freshFolder();
  const code = async (at: Repository, ...args: readonly string[]): Promise<string> => (await json<ErrorJson>(at, ...args)).error.code;
  const outside: Repository = { ...project(), path: folder };
  assert.is(await code(outside, "status"), "NOT_A_REPOSITORY");
  assert.is(await code(project().clone("--bare"), "status"), "NOT_A_REPOSITORY");
  for (const args of [["--mode", "on"], ["--merge", "yes"], ["--push", "x"], ["--way", "git"], ["--way", "husky"]]) assert.is(await code(project(), "install", ...args), "USAGE");
});

test("what is printed names files and settings, and what is next", async () => {
  const repository = project();
  const { stdout } = await gmigIn(repository, ["hooks", "install", "--mode", "auto"]);
  assert.match(stdout, /^created \.git\/hooks\/gmig-hook\ncreated \.git\/hooks\/post-checkout\n/);
  assert.match(stdout, /\nset gmig\.sync auto\nThe hooks are installed \(plain\)\.\n$/);
  assert.is((await gmigIn(repository, ["hooks", "install"])).stdout, "Nothing to do: the hooks are installed (plain).\n");
  assert.match((await gmigIn(repository, ["hooks", "status"])).stdout, /^post-checkout {3}runs {2}\.git\/hooks\/post-checkout \(plain\)\n[\s\S]*settings {8}gmig\.sync auto, gmig\.merge write, gmig\.push off\n$/);
  assert.match((await gmigIn(repository, ["hooks", "uninstall"])).stdout, /removed \.git\/hooks\/gmig-hook\nset gmig\.project to nothing\n/);
  assert.is((await gmigIn(repository, ["hooks", "uninstall"])).stdout, "Nothing to do: no hook calls gmig here.\n");
});

test.run();
