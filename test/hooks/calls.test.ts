import { rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { freshFolder } from "../support/folder.js";
import { gmigIn, type HookedRepository, hookedRepository, plantProgram, revision } from "./hooked-repository.js";

const test = suite("hooks/calls");

/** Commits a merge that had a conflict outside the revisions. */
function resolveConflict({ repository, run }: HookedRepository): ReturnType<HookedRepository["run"]> {
  repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "-c", "other", "feature");
  repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "--allow-empty", "-m", "empty");
  repository.write("README", "three\n");
  repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-a", "-m", "three");
  repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "docs");
  repository.run("merge", "other");
  repository.write("README", "both\n");
  return run("commit", "-q", "-a", "-m", "merged");
}

test("a call has Git's own arguments, the project's folder, this clone's settings, and no standard input", async () => {
  const { repository, run } = await hookedRepository("--mode", "auto", "--merge", "fold");
  const [old, now] = [repository.git("rev-parse", "main"), repository.git("rev-parse", "feature")];
  const { calls } = run("switch", "-q", "feature");
  assert.equal(calls, [
    {
      line: `post-checkout ${old} ${now} 1`,
      args: ["hook", "post-checkout", old, now, "1"],
      cwd: repository.path,
      env: { GMIG_HOOK_SYNC: "auto", GMIG_HOOK_MERGE: "fold", GMIG_HOOK_TOP: repository.path, GMIG_HOOK_FOLDERS: ".migrations", GIT_DIR: "", GIT_WORK_TREE: "", GIT_INDEX_FILE: "" },
      input: "",
    },
  ]);
});

test("post-rewrite and pre-push pass on what Git writes to them", async () => {
  const { repository, run } = await hookedRepository("--mode", "auto", "--push", "check");
  const remote = repository.clone("--bare");
  repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "feature");
  const before = repository.git("rev-parse", "feature");
  const [rewrite] = run("rebase", "-q", "main").calls;
  assert.is(rewrite?.input, `${before} ${repository.git("rev-parse", "feature")}\n`);
  const { calls } = run("push", "-q", remote.path, "+feature", "main:new");
  assert.equal(calls.map(({ line }) => line), [`pre-push ${remote.path} ${remote.path}`]);
  const [feature, main] = [repository.git("rev-parse", "feature"), repository.git("rev-parse", "main")];
  assert.is(calls[0]?.input, `refs/heads/feature ${feature} refs/heads/feature ${before}\nrefs/heads/main ${main} refs/heads/new ${"0".repeat(40)}\n`);
});

test("only status 3 stops a push, and only where pushes are checked", async () => {
  const { repository, run, answer } = await hookedRepository("--push", "check");
  const { path } = repository.clone("--bare");
  for (const status of [0, 1, 2, 4, 70, 127]) {
    answer("gmig: said\n", status);
    repository.git("commit", "-q", "--allow-empty", "-m", "one");
    const { status: pushed, calls, stderr } = run("push", path, "HEAD:main");
    assert.equal([status, pushed, calls.length, stderr.includes("gmig: said")], [status, 0, 1, status === 0]);
  }
  answer("gmig: two heads\n", 3);
  repository.git("commit", "-q", "--allow-empty", "-m", "one");
  const refused = run("push", path, "HEAD:main");
  assert.is(refused.status, 1);
  assert.match(refused.stderr, /^gmig: two heads\n/);
  repository.git("config", "gmig.push", "off");
  assert.equal(run("push", path, "HEAD:main").calls, []);
  answer("", 3);
  repository.git("config", "gmig.sync", "auto");
  assert.is(run("switch", "feature").status, 0, "no other hook stops anything");
});

test("what gmig says: as it comes under auto, else only when it ended well", async () => {
  const { repository, run, answer } = await hookedRepository("--mode", "auto");
  answer("gmig: the database follows\n", 4);
  assert.match(run("switch", "-q", "feature").stderr, /^gmig: the database follows\n$/);
  repository.git("config", "gmig.sync", "report");
  answer("node: cannot find module\n", 1);
  assert.is(run("merge", "-q", "main").stderr, "gmig: this checkout adds 1_c.sql\nhint: gmig sync\n");
});

test("a conflicting merge: pre-commit only under fold, with the index that will be committed", async () => {
  const fold = await hookedRepository("--merge", "fold");
  const { calls } = resolveConflict(fold);
  assert.equal(calls.map(({ line }) => line), ["pre-commit", "post-commit"]);
  assert.is(calls[0]?.env["GIT_INDEX_FILE"], join(fold.repository.path, ".git/index.lock"), "commit -a has an index of its own");
  assert.is(calls[1]?.env["GIT_INDEX_FILE"], join(fold.repository.path, ".git/index"));
  assert.equal(fold.run("commit", "-q", "--allow-empty", "-m", "another").calls, []);
  assert.equal(resolveConflict(await hookedRepository("--merge", "write")).calls.map(({ line }) => line), ["post-commit"]);
  assert.equal(resolveConflict(await hookedRepository("--merge", "off")).calls, []);
});

test("with gmig.sync off a merge is still looked at, and nothing is said", async () => {
  const { run } = await hookedRepository("--mode", "off");
  const { calls, stderr } = run("merge", "-q", "feature");
  assert.equal([calls.map(({ line, env }) => `${line} ${env["GMIG_HOOK_SYNC"] ?? ""}`), stderr], [["post-merge 0 off"], ""]);
});

test("files that are restored count under auto alone, and only after a sync that is older", async () => {
  const { repository, calls } = await hookedRepository("--mode", "auto");
  const restore = (): readonly string[] => {
    rmSync(join(repository.path, ".migrations/1_a.sql"));
    return calls("restore", ".migrations").map((line) => line.replace(/[0-9a-f]{40} /g, ""));
  };
  assert.equal(restore(), [], "nothing was ever synced");
  repository.write(".git/gmig/synced", "");
  const past = Date.now() / 1000 - 60;
  utimesSync(join(repository.path, ".git/gmig/synced"), past, past);
  assert.equal(restore(), ["post-checkout 0"]);
  repository.write(".git/gmig/synced", "");
  const future = Date.now() / 1000 + 60;
  utimesSync(join(repository.path, ".git/gmig/synced"), future, future);
  assert.equal(calls("checkout", "--", "README"), []);
  repository.git("config", "gmig.sync", "report");
  utimesSync(join(repository.path, ".git/gmig/synced"), past, past);
  assert.equal(restore(), []);
});

test("nothing runs mid-way: in a merge, an am or a rebase that stopped", async () => {
  const stopped = async (...operations: readonly (readonly string[])[]): Promise<HookedRepository> => {
    const hooked = await hookedRepository("--mode", "auto");
    const { repository } = hooked;
    repository.write(".git/gmig/synced", "");
    utimesSync(join(repository.path, ".git/gmig/synced"), 1, 1);
    repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "-c", "other", "feature");
    repository.write("README", "three\n");
    repository.git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-a", "-m", "three");
    repository.git("format-patch", "-q", "-o", ".git/patches", "-1");
    repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "docs");
    for (const args of operations) repository.run(...args);
    return hooked;
  };
  const restored = async (...operations: readonly (readonly string[])[]): Promise<number> => {
    const { repository, calls } = await stopped(...operations);
    rmSync(join(repository.path, ".migrations/1_a.sql"));
    return calls("checkout", "HEAD", "--", ".migrations").length;
  };
  assert.is(await restored(), 1);
  assert.is(await restored(["merge", "other"]), 0);
  assert.is(await restored(["rebase", "other"]), 0);
  assert.is(await restored(["rebase", "--apply", "other"]), 0);
  const am = await stopped(["am", ".git/patches/0001-three.patch"]);
  am.repository.write(".migrations/1_e.sql", revision("e"));
  am.repository.git("add", ".migrations");
  assert.equal(am.calls("commit", "-q", "-m", "by hand"), []);
});

test("CI, GMIG_HOOKS=0, HUSKY=0, and a hook within a hook", async () => {
  const { repository, run } = await hookedRepository("--mode", "auto");
  for (const [name, value] of [["CI", "1"], ["CI", "true"], ["GMIG_HOOKS", "0"], ["HUSKY", "0"], ["GMIG_HOOK_TOP", "/"]] as const) {
    // Git hands its own environment on to hooks; an alias sets one of them on the way.
    repository.git("config", "alias.quiet", `!${name}=${value} git switch`);
    assert.equal([name, run("quiet", "-q", "feature").calls], [name, []]);
    repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "main");
  }
  repository.git("config", "alias.loud", "!CI= GMIG_HOOKS=1 HUSKY=1 git switch");
  assert.is(run("loud", "-q", "feature").calls.length, 1);
});

test("settings of all clones, of an included file and of the command line do not count", async () => {
  const { repository, run } = await hookedRepository();
  repository.commit("settings", { ".gitsettings": "[gmig]\n\tsync = auto\n\tfolder = README\n" });
  repository.git("config", "--local", "include.path", "../.gitsettings");
  repository.git("config", "--global", "gmig.sync", "auto");
  assert.is(repository.git("config", "--includes", "gmig.sync"), "auto");
  assert.equal(run("-c", "gmig.sync=auto", "switch", "-q", "feature").calls, []);
  repository.git("config", "--local", "gmig.sync", "AUTO");
  assert.equal(run("switch", "-q", "main").calls, [], "what is no value is the default");
});

test("what is missing: silence under report, one line under auto, and Git goes on", async () => {
  const { repository, run } = await hookedRepository();
  rmSync(join(repository.path, "node_modules"), { recursive: true });
  assert.is(run("merge", "-q", "feature").stderr, "gmig: this checkout adds 1_b.sql\nhint: gmig sync\n");
  repository.git("config", "gmig.sync", "auto");
  const { status, stderr } = run("switch", "-q", "feature");
  assert.equal([status, stderr], [0, "gmig: the database was not brought along: there is no ./node_modules/.bin/gmig\n"]);
  repository.git("config", "gmig.push", "check");
  assert.match(run("push", repository.clone("--bare").path, "HEAD:new").stderr, /^gmig: this push was not checked: there is no \.\/node_modules\/\.bin\/gmig\n/);
  repository.git("config", "--unset-all", "gmig.folder");
  assert.is(run("switch", "-q", "main").stderr, "");
  rmSync(join(repository.path, ".git/hooks/gmig-hook"));
  assert.equal([run("switch", "-q", "feature").stderr, run("switch", "-q", "feature").status], ["", 0]);
});

test("several projects: each is called in its folder, with its folders, for its own revisions", async () => {
  const { repository, run } = await hookedRepository("--mode", "auto");
  repository.commit("api", { "packages/api/gmig.config.json": '{"databases":{"main":{"migrations":"main"},"log":{"migrations":["log","../../.shared"]}}}', "packages/api/main/1.sql": "", "packages/api/log/1.sql": "" });
  assert.is((await gmigIn(repository, ["hooks", "install"], join(repository.path, "packages/api"))).status, 0);
  repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "-c", "new");
  repository.commit("log", { "packages/api/log/2.sql": revision("log") });
  const [one, ...others] = run("switch", "-q", "main").calls;
  assert.equal([one?.cwd, one?.env["GMIG_HOOK_TOP"], one?.env["GMIG_HOOK_FOLDERS"], others], [join(repository.path, "packages/api"), repository.path, "packages/api/main\npackages/api/log\n.shared", []]);
  const { calls, stderr } = run("switch", "-q", "feature");
  assert.equal([calls.map(({ cwd }) => cwd), stderr], [[repository.path], ""], "a folder that a branch lacks is no place to start anything in");
  repository.git("-c", "core.hooksPath=/dev/null", "switch", "-q", "new");
  repository.commit("root", { ".migrations/1_e.sql": revision("e"), "packages/api/main/2.sql": revision("main") });
  assert.equal(run("switch", "-q", "main").calls.map(({ cwd }) => cwd), [repository.path, join(repository.path, "packages/api")]);
});

test("a linked worktree: absolute paths, and one line as long as nothing is installed there", async () => {
  const { repository, run } = await hookedRepository("--mode", "auto");
  const linked = join(freshFolder(), "linked");
  const added = run("worktree", "add", "-q", linked, "feature");
  assert.equal([added.status, added.stderr, added.calls], [0, "gmig: the database was not brought along: there is no ./node_modules/.bin/gmig\n", []]);
  plantProgram(join(linked, "node_modules/.bin/gmig"), repository.read("node_modules/.bin/gmig"));
  const [call] = run("-C", linked, "switch", "-q", "--detach", "main").calls;
  assert.equal([call?.cwd, call?.env["GIT_DIR"], call?.env["GIT_WORK_TREE"]], [linked, join(repository.path, ".git/worktrees/linked"), linked]);
});

test.run();
