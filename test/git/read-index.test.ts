import { chmodSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readIndex, trackedAt } from "../../src/git/read-index.js";
import { stageFiles } from "../../src/git/stage-files.js";
import { stagedChanges } from "../../src/git/staged-changes.js";
import { freshRepository, type Repository } from "../support/repository.js";
import { thrown } from "./errors.js";
import { FOLDER, history, ODD_BRANCH, ODD_FOLDER, open, situation } from "./situations.js";

const test = suite("git/read-index");

const KINDS = ["loose objects", "index version 4", "split index", "a linked worktree", "SHA-256", "partial, without blobs", "a clone"];

for (const kind of KINDS) {
  test(`${kind}: what is tracked and staged, before and after staging`, async () => {
    const repository = situation(kind);
    const opened = open(repository);
    const told = repository.git("ls-files", "--", FOLDER).split("\n");
    assert.equal((await readIndex(opened, [FOLDER])).map(({ path }) => path), told);
    assert.is((await readIndex(opened, [""])).length, repository.git("ls-files").split("\n").length);
    assert.equal(await readIndex(opened, ["nowhere"]), []);
    assert.equal(await stagedChanges(opened), []);
    repository.write(`${FOLDER}/a.ts`, "changed");
    repository.write(`${FOLDER}/new.ts`, "new");
    repository.write("README.md", "not staged");
    assert.equal(await stagedChanges(opened), []);
    await stageFiles(opened, [`${FOLDER}/a.ts`, `${FOLDER}/new.ts`]);
    const expected = [{ path: `${FOLDER}/a.ts`, change: "M" }, { path: `${FOLDER}/new.ts`, change: "A" }];
    assert.equal(await stagedChanges(opened), expected);
    assert.equal(await stagedChanges(opened, [`${FOLDER}/new.ts`]), expected.slice(1));
    const [entry] = await readIndex(opened, [`${FOLDER}/new.ts`]);
    assert.equal([entry?.id, entry?.stage, entry?.mode], [repository.git("hash-object", `${FOLDER}/new.ts`), 0, "100644"]);
  });
}

test("paths are names, not patterns", async () => {
  const repository = history();
  repository.git("switch", "--quiet", ODD_BRANCH);
  const opened = open(repository);
  const [entry] = await readIndex(opened, [ODD_FOLDER]);
  assert.is(entry?.path, `${ODD_FOLDER}/q'"\n$(x).ts`);
  assert.equal(await readIndex(opened, ["*.md", ":(top)", "we*"]), []);
});

test("what is left out of the worktree is told: by sparse-checkout, by a sparse index, by hand", async () => {
  for (const index of ["--no-sparse-index", "--sparse-index"]) {
    const repository = history();
    repository.commit("more", { "other/o.txt": "o" });
    repository.git("sparse-checkout", "set", "--cone", index, "other");
    const entries = await readIndex(open(repository), [FOLDER]);
    assert.is(entries.length, 4);
    assert.ok(entries.every(({ skipWorktree }) => skipWorktree));
    assert.not.ok((await readIndex(open(repository), ["other"]))[0]?.skipWorktree);
  }
  const repository = history();
  repository.git("update-index", "--skip-worktree", `${FOLDER}/b.ts`);
  repository.git("update-index", "--assume-unchanged", `${FOLDER}/c.ts`);
  const skipped = (await readIndex(open(repository), [FOLDER])).filter(({ skipWorktree }) => skipWorktree);
  assert.equal(skipped.map(({ path }) => path), [`${FOLDER}/b.ts`]);
});

test("before the first commit, and in the middle of a conflict", async () => {
  for (const repository of [freshRepository(), situationBeforeCommit()]) {
    const opened = open(repository);
    repository.write("a", "a");
    await stageFiles(opened, ["a"]);
    assert.equal(await stagedChanges(opened), [{ path: "a", change: "A" }]);
  }
  const repository = history();
  repository.branch("other", "v1");
  repository.commit("other", { [`${FOLDER}/b.ts`]: "other" });
  repository.run("merge", "main");
  const opened = open(repository);
  assert.ok((await stagedChanges(opened)).some(({ path, change }) => path === `${FOLDER}/b.ts` && change === "U"));
  assert.equal((await readIndex(opened, [`${FOLDER}/b.ts`])).map(({ stage }) => stage), [2, 3]);
});

function situationBeforeCommit(): Repository {
  const repository = history();
  repository.git("switch", "--quiet", "--orphan", "new");
  return repository;
}

test("whether a branch can have put something where a program would be run", async () => {
  const repository = freshRepository();
  const opened = open(repository);
  const bin = "node_modules/.bin/gmig";
  repository.commit("harmless", { "node_modules/other/x.js": "x", "node_modules/.bin/gmig-not": "x" });
  assert.equal(await trackedAt(opened, bin), []);
  for (const path of [bin, "Node_Modules/.BIN/Gmig", `${bin}/deeper`]) {
    repository.commit("planted", { [path]: "evil" });
    assert.equal(await trackedAt(opened, bin), [path]);
    repository.git("rm", "--quiet", "-r", path);
  }
  repository.git("rm", "--quiet", "-r", "node_modules");
  symlinkSync("evil", join(repository.path, "node_modules"));
  repository.git("add", "node_modules");
  assert.equal(await trackedAt(opened, bin), ["node_modules"]);
});

test("a file that is ignored is not staged, and the error says why", async () => {
  const repository = history();
  repository.commit("ignore", { ".gitignore": "*.ts\n" });
  repository.write(`${FOLDER}/i.ts`, "i");
  assert.match((await thrown(async () => stageFiles(open(repository), [`${FOLDER}/i.ts`]))).message, "ignored");
});

const HOOK = new URL("stage-in-hook.js", import.meta.url).pathname;

for (const [how, args] of [["commit -a", ["commit", "--all"]], ["commit of named files", ["commit", "--only", "README.md"]], ["commit", ["commit"]]] as const) {
  test(`in the pre-commit of "${how}" what is staged gets into the commit`, () => {
    const repository = history();
    const hook = join(repository.path, ".git/hooks/pre-commit");
    writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${HOOK}' '${FOLDER}/hooked.ts'\n`);
    chmodSync(hook, 0o755);
    repository.write("README.md", "changed");
    if (how === "commit") repository.git("add", "README.md");
    repository.write(`${FOLDER}/hooked.ts`, "hooked");
    repository.git(...args, "--quiet", "-m", "with a hook");
    assert.equal(repository.git("show", "--format=", "--name-only", "HEAD").split("\n").sort(), ["README.md", `${FOLDER}/hooked.ts`]);
  });
}

test.run();
