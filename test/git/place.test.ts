import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { askHead, readHead, readHeadFiles } from "../../src/git/head.js";
import { findRepository, openRepository } from "../../src/git/open-repository.js";
import { pathIn } from "../../src/git/path-in.js";
import { freshFolder } from "../support/folder.js";
import { freshRepository, type Repository } from "../support/repository.js";
import { skip } from "../support/skip.js";
import { thrown } from "./errors.js";
import { BINARY, FOLDER, HAS_REFTABLE, history, open, situation, SITUATIONS } from "./situations.js";

const test = suite("git/place");

/** What git itself says, or null where it says no. */
function ask(repository: Repository, from: string, ...args: readonly string[]): string | null {
  const { status, stdout } = repository.run("-C", join(repository.path, from), ...args);
  return status === 0 ? stdout.replace(/\n$/, "") : null;
}

for (const { name, make, from = "" } of SITUATIONS) {
  test(`${name}: what git says of the place and of HEAD`, async () => {
    const repository = make();
    const opened = open(repository, { from });
    const folder = existsSync(join(repository.path, from)) ? from : "";
    const git = (...args: readonly string[]): string | null => ask(repository, folder, ...args);
    assert.is(opened.gitDirectory, git("rev-parse", "--absolute-git-dir"));
    assert.is(opened.commonDirectory, git("rev-parse", "--path-format=absolute", "--git-common-dir"));
    assert.is(opened.worktree, git("rev-parse", "--show-toplevel"));
    assert.is(String(opened.bare), git("rev-parse", "--is-bare-repository"));
    assert.is(String(opened.shallow), git("rev-parse", "--is-shallow-repository"));
    assert.is(opened.objectFormat, git("rev-parse", "--show-object-format"));
    assert.is(opened.partial, name.startsWith("partial"));
    assert.is(opened.remotes.join("\n"), git("remote"));
    const head = { branch: git("symbolic-ref", "--short", "HEAD"), commit: git("rev-parse", "--verify", "--quiet", "HEAD") };
    assert.equal(await readHead(opened), head);
    assert.equal(readHeadFiles(opened), opened.refFormat === "files" ? head : undefined);
    assert.equal(await askHead(opened.requireGit("read HEAD")), head);
  });
}

if (!HAS_REFTABLE) skip(test, "references in tables, here and in git/reader", "git keeps them so from 2.45 on");

test("outside a repository there is none", async () => {
  const folder = freshFolder();
  const surroundings = { cwd: folder, env: {}, binary: BINARY };
  assert.is(findRepository(folder, surroundings), null);
  assert.is((await thrown(() => openRepository(folder, surroundings))).code, "NOT_A_REPOSITORY");
  mkdirSync(join(folder, ".git"));
  assert.is(findRepository(folder, surroundings), null, "an empty .git is none");
});

test("a worktree whose repository is gone belongs to none, not to the one around it", () => {
  const repository = freshRepository();
  mkdirSync(join(repository.path, "gone"));
  writeFileSync(join(repository.path, "gone/.git"), "gitdir: /nowhere/.git/worktrees/gone\n");
  assert.is(findRepository(join(repository.path, "gone"), { cwd: repository.path, env: repository.env, binary: BINARY }), null);
});

test("a ceiling folder is not gone up into", () => {
  const repository = freshRepository();
  mkdirSync(join(repository.path, "a/b"), { recursive: true });
  const find = (ceiling: string): boolean => {
    const env = { ...repository.env, GIT_CEILING_DIRECTORIES: ceiling };
    const found = findRepository(join(repository.path, "a/b"), { cwd: repository.path, env, binary: BINARY }) !== null;
    const { status } = repository.run("-C", join(repository.path, "a/b"), "rev-parse");
    assert.is(status, 0);
    return found;
  };
  assert.is(find(join(repository.path, "a")), false);
  assert.is(find(repository.path), false);
  assert.is(find(join(repository.path, "..")), true);
});

test("--git-dir and --work-tree, as a hook sees them", async () => {
  const repository = history();
  const elsewhere = join(freshFolder(), "git dir");
  renameSync(join(repository.path, ".git"), elsewhere);
  const env = { ...repository.env, GIT_DIR: elsewhere, GIT_WORK_TREE: "." };
  for (const binary of [BINARY, null]) {
    const opened = openRepository(join(repository.path, FOLDER), { cwd: repository.path, env, binary });
    assert.equal([opened.worktree, opened.gitDirectory], [repository.path, elsewhere]);
    assert.is((await readHead(opened)).branch, "main");
    assert.is((await (await opened.reader()).resolve("main"))?.length, 40);
  }
});

test("GIT_DIR alone makes the current folder the worktree, as in a hook", () => {
  const repository = history();
  const opened = openRepository(join(repository.path, FOLDER), { cwd: repository.path, env: { ...repository.env, GIT_DIR: ".git" }, binary: BINARY });
  assert.equal([opened.worktree, opened.git?.env["GIT_DIR"]], [repository.path, join(repository.path, ".git")]);
});

test("a hook of the outer repository leads to the inner one for what lies in it", () => {
  const repository = situation("a submodule");
  const env = { ...repository.env, GIT_DIR: join(repository.path, ".git"), GIT_INDEX_FILE: join(repository.path, ".git/index") };
  const at = (folder: string) => openRepository(join(repository.path, folder), { cwd: repository.path, env, binary: BINARY });
  assert.is(at("").gitDirectory, join(repository.path, ".git"));
  assert.is(at("").git?.env["GIT_INDEX_FILE"], join(repository.path, ".git/index"));
  assert.is(at("mods/in ner").worktree, join(repository.path, "mods/in ner"));
  assert.is(at("mods/in ner").git?.env["GIT_INDEX_FILE"], undefined);
});

test("a bare repository's hook leads to the checkout that it deploys to", () => {
  const bare = history().clone("--bare");
  const target = freshRepository();
  const env = { ...bare.env, GIT_DIR: "." };
  const open = (folder: string) => openRepository(folder, { cwd: bare.path, env, binary: BINARY });
  assert.is(open(bare.path).gitDirectory, bare.path);
  assert.is(open(target.path).worktree, target.path);
});

test("core.worktree is followed, and git is told where it does not lead back", async () => {
  const repository = history();
  const elsewhere = freshFolder();
  repository.git("config", "core.worktree", elsewhere);
  const opened = open(repository);
  assert.is(opened.worktree, elsewhere);
  assert.is((await (await opened.reader()).resolve("main"))?.length, 40);
});

test("paths are given from the worktree's top, links followed", () => {
  const repository = history();
  const opened = open(repository);
  assert.is(pathIn(opened, join(repository.path, FOLDER)), FOLDER);
  assert.is(pathIn(opened, join(repository.path, "not/there")), "not/there");
  assert.is(pathIn(opened, repository.path), "");
  assert.is(pathIn(opened, join(repository.path, "..")), null);
  assert.is(pathIn(opened, `${repository.path}-beside`), null);
  const link = situation("reached through a link");
  assert.is(pathIn(open(link), join(link.path, FOLDER)), FOLDER);
});

test.run();
