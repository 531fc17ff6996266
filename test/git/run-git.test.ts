import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { filesAt } from "../../src/git/files-at.js";
import { filesOnBranches } from "../../src/git/files-on-branches.js";
import { findBlobs } from "../../src/git/find-blobs.js";
import { gitFailed } from "../../src/git/git-failed.js";
import { askHead } from "../../src/git/head.js";
import { hooksFolder } from "../../src/git/hooks-folder.js";
import { readIndex } from "../../src/git/read-index.js";
import { resolveCommit } from "../../src/git/resolve-commit.js";
import { askGit, runGit } from "../../src/git/run-git.js";
import { setCloneConfig } from "../../src/git/clone-config.js";
import { changeRef } from "../../src/git/change-ref.js";
import { stageFiles } from "../../src/git/stage-files.js";
import { stagedChanges } from "../../src/git/staged-changes.js";
import { upstreamOf } from "../../src/git/upstream.js";
import { writeBlobs, writeTree } from "../../src/git/write-objects.js";
import type { Repository } from "../support/repository.js";
import { thrown } from "./errors.js";
import { FOLDER, history, ODD_BRANCH, ODD_FOLDER, open } from "./situations.js";

const test = suite("git/run-git");

/** Puts a program that leaves a trace wherever git would run one. */
function trap(repository: Repository): string {
  const trace = join(repository.path, "trace");
  const program = join(repository.path, "trap.sh");
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >>'${trace}'\ncat\n`);
  chmodSync(program, 0o755);
  for (const hook of ["post-index-change", "reference-transaction", "post-checkout", "pre-commit", "fsmonitor-watchman"]) {
    writeFileSync(join(repository.path, ".git/hooks", hook), `#!/bin/sh\necho "${hook}" >>'${trace}'\n`, { mode: 0o755 });
  }
  const settings: readonly (readonly [string, string])[] = [
    ["core.fsmonitor", program],
    ["core.pager", program],
    ["core.editor", program],
    ["core.sshCommand", program],
    ["credential.helper", program],
    ["diff.external", program],
    ["diff.trap.textconv", program],
    ["diff.trap.command", program],
    ["filter.trap.clean", program],
    ["filter.trap.smudge", program],
    ["gpg.program", program],
    ...["cat-file", "config", "ls-files", "diff-index", "for-each-ref", "rev-list", "rev-parse", "merge-base", "symbolic-ref"].map((name) => [`alias.${name}`, `!${program}`] as const),
  ];
  for (const [key, value] of settings) repository.git("config", key, value);
  writeFileSync(join(repository.path, ".gitattributes"), "* filter=trap diff=trap\n");
  return trace;
}

test("nothing of the repository runs through a read, nor through gmig's own references and objects", async () => {
  const repository = history();
  const blob = repository.git("rev-parse", `main:${FOLDER}/a.ts`);
  const trace = trap(repository);
  repository.write(`${FOLDER}/a.ts`, "dirty");
  const opened = open(repository);
  await askHead(opened.requireGit(""));
  const commit = await resolveCommit(opened, "main");
  await filesAt(opened, commit, [FOLDER], { recursive: true });
  await filesOnBranches(opened, [FOLDER, ODD_FOLDER]);
  await findBlobs(opened, [blob], [FOLDER]);
  await (await opened.reader()).mergeBases(commit, await resolveCommit(opened, "side"));
  await readIndex(opened, [FOLDER]);
  await stagedChanges(opened);
  await upstreamOf(opened, "main");
  await hooksFolder(opened);
  await setCloneConfig(opened, "gmig.sync", "report");
  const [id = ""] = await writeBlobs(opened, ["text"]);
  await changeRef(opened, "refs/gmig/applied/x", async () => writeTree(opened, [{ mode: "100644", name: "t", id }]));
  assert.is(existsSync(trace) ? repository.read("trace") : "nothing ran", "nothing ran");
  // The traps do work: git itself falls into them.
  repository.git("status");
  assert.match(repository.read("trace"), "trap.sh");
});

test("hostile names run nothing", async () => {
  const repository = history();
  const opened = open(repository);
  await resolveCommit(opened, ODD_BRANCH);
  await filesAt(opened, await resolveCommit(opened, ODD_BRANCH), [ODD_FOLDER], { recursive: true });
  for (const text of ["$(touch pwned)", "`touch pwned`", "--output=pwned", "-p", "; touch pwned"]) {
    assert.is((await thrown(async () => resolveCommit(opened, text))).code, "REVISION_NOT_FOUND");
  }
  repository.write("--chmod=+x", "an option?");
  await stageFiles(opened, ["--chmod=+x"]);
  assert.equal(await stagedChanges(opened, ["--chmod=+x"]), [{ path: "--chmod=+x", change: "A" }]);
  assert.not.ok(existsSync(join(repository.path, "pwned")));
});

test("a failure tells what it was for and git's own reason, and nothing of the environment", async () => {
  const repository = history();
  const opened = open(repository);
  const git = { ...opened.requireGit(""), env: { ...repository.env, SECRET: "hunter2" } };
  const error = await thrown(async () => askGit(git, ["merge-base", "HEAD", "1".repeat(40)], { purpose: "find a base" }));
  assert.is(error.code, "GIT_FAILED");
  assert.match(error.message, /^git could not find a base: Not a valid commit name 1{40}$/);
  assert.not.match(JSON.stringify(error.data), "hunter2");
});

test("no command fetches what a partial clone lacks, also one that would", async () => {
  const origin = history();
  origin.git("config", "uploadpack.allowFilter", "true");
  const clone = origin.clone("--no-local", "--filter=blob:none", "--no-checkout");
  const blob = origin.git("rev-parse", "HEAD:README.md");
  for (const env of [clone.env, { ...clone.env, GIT_NO_LAZY_FETCH: "0", GIT_ALLOW_PROTOCOL: "file" }]) {
    const git = { ...open(clone).requireGit(""), env };
    const error = await thrown(async () => runGit(git, ["cat-file", "-t", blob], { purpose: "read" }));
    assert.match(error.message, `could not fetch ${blob}`);
  }
  assert.is(clone.git("cat-file", "-t", blob), "blob");
});

test("a locked index is told apart, so that a hook can pass over it", async () => {
  const repository = history();
  repository.write("new", "x");
  writeFileSync(join(repository.path, ".git/index.lock"), "");
  const error = await thrown(async () => stageFiles(open(repository), ["new"]));
  assert.is(error.data["locked"], true);
});

test("a lock that is there, and a folder that git may not write to, are named with the command that shows or removes them", async () => {
  const repository = history();
  const opened = open(repository);
  repository.write("new", "x");
  const hints: unknown[] = [];
  for (const [lock, action] of [
    [".git/index.lock", async () => stageFiles(opened, ["new"])],
    [".git/config.lock", async () => setCloneConfig(opened, "gmig.sync", "report")],
    [".git/refs/gmig/x.lock", async () => changeRef(opened, "refs/gmig/x", async () => resolveCommit(opened, "HEAD"))],
  ] as const) {
    repository.write(lock, "");
    const error = await thrown(action);
    hints.push(error.hint, error.data["locked"]);
  }
  const wait = (path: string): string => `wait until the other git process is done; if there is none: rm ${join(repository.path, path)}`;
  assert.equal(hints, [wait(".git/index.lock"), true, wait(".git/config.lock"), true, wait(".git/refs/gmig/x.lock"), true]);
  const said: readonly (readonly [stderr: string, hint: string])[] = [
    ["error: could not lock config file .git/config: Permission denied", "ls -ld /r/.git"],
    [`fatal: Unable to create '${repository.path}/.git/index.lock': Permission denied`, "ls -ld /r/.git"],
    ["fatal: update_ref failed for ref 'refs/gmig/x': cannot lock ref 'refs/gmig/x': unable to create directory for .git/refs/none/x", "ls -ld /r/.git/refs"],
    ["error: insufficient permission for adding an object to repository database .git/objects\n", "ls -ld /r/.git/objects"],
    ["error: could not lock config file .git/config: Read-only file system", "df -h /r"],
    ["fatal: unable to write loose object file: No space left on device", "df -h /r"],
  ];
  for (const [stderr, hint] of said) {
    const error = gitFailed("write", { status: 128, stderr }, repository.path);
    assert.equal([error.hint, error.data["locked"]], [hint.replace("/r", repository.path), false], stderr);
  }
});

test("a repository of another user is refused with git's own advice", async () => {
  const repository = history();
  const env = { ...repository.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
  const opened = open({ ...repository, env });
  const error = await thrown(async () => resolveCommit(opened, "main"));
  assert.is(error.hint, `git config --global --add safe.directory ${repository.path}`);
});

test("a program that is gone, or no program, is an error of git's", async () => {
  const opened = open(history());
  const git = opened.requireGit("");
  for (const binary of ["/nowhere/git", "/etc/passwd"]) {
    const error = await thrown(async () => runGit({ ...git, binary }, ["version"], { purpose: "start" }));
    assert.is(error.code, "GIT_FAILED");
    assert.match(error.message, /could not be started/);
  }
  assert.is((await thrown(async () => runGit(git, ["cat-file", "-t", "a\0b"], { purpose: "read" }))).code, "GIT_FAILED");
  assert.match((await thrown(() => open(history(), { binary: null }).requireGit("read the history"))).message, /needs the git program to read the history/);
});

test("more input than a pipe holds, to a git that ends before reading it", async () => {
  const opened = open(history());
  const error = await thrown(async () => runGit(opened.requireGit(""), ["cat-file", "--nonsense"], { purpose: "read", input: "x".repeat(5_000_000) }));
  assert.is(error.data["status"], 129);
});

test.run();
