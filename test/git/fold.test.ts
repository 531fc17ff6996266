import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { foldIntoHead } from "../../src/git/fold.js";
import { freshRepository, type Repository } from "../support/repository.js";
import { FOLDER, history, open } from "./situations.js";

const test = suite("git/fold");

const FILE = `${FOLDER}/merge.ts`;
const SCRIPT = new URL("fold-in-hook.js", import.meta.url).pathname;

/** A clean merge is at hand, and post-merge folds FILE into it. */
function mergeable(): Repository {
  const repository = history();
  repository.branch("topic");
  repository.commit("topic", { "topic.txt": "t" });
  repository.git("switch", "--quiet", "main");
  repository.commit("main", { "main.txt": "m" });
  const hook = join(repository.path, ".git/hooks/post-merge");
  writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${SCRIPT}' '${FILE}' >fold.out 2>&1\n`);
  chmodSync(hook, 0o755);
  return repository;
}

test("in post-merge of a clean merge: one merge commit, with the file, and nothing else is different", () => {
  const repository = mergeable();
  const [main, topic] = [repository.git("rev-parse", "main"), repository.git("rev-parse", "topic")];
  repository.git("merge", "--quiet", "-m", "a mess\u00e4ge\n\nwith a body", "topic");
  assert.match(repository.read("fold.out"), '"commit"');
  assert.is(repository.git("log", "-1", "--format=%P"), `${main} ${topic}`);
  assert.is(repository.git("log", "-1", "--format=%B"), "a mess\u00e4ge\n\nwith a body\n");
  assert.is(repository.git("show", `HEAD:${FILE}`), "folded");
  assert.is(repository.git("status", "--porcelain"), "?? fold.out");
  assert.is(repository.git("symbolic-ref", "HEAD"), "refs/heads/main");
  assert.not.ok(repository.git("status").includes("merging"));
  assert.match(repository.git("log", "-1", "--walk-reflogs", "--format=%gs"), "gmig: fold");
  repository.git("fsck", "--strict");
});

test("headers that nobody knows, and bytes that are no UTF-8, stay", async () => {
  const repository = history();
  const tree = repository.git("rev-parse", "HEAD^{tree}");
  const parent = repository.git("rev-parse", "HEAD");
  const raw = Buffer.concat([
    Buffer.from(`tree ${tree}\nparent ${parent}\nauthor A <a@b> 1700000000 +0130\ncommitter C <c@d> 1700000001 -0800\nencoding ISO-8859-1\nmergetag object ${parent}\n type commit\n tag v1\n\nM`),
    Buffer.from([0xe4]),
    Buffer.from("rz\n\ntree of life\n"),
  ]);
  writeFileSync(join(repository.path, ".git/raw"), raw);
  repository.git("update-ref", "HEAD", repository.git("hash-object", "-t", "commit", "-w", ".git/raw"));
  repository.write(FILE, "folded");
  const fold = await foldIntoHead(open(repository), [FILE]);
  assert.ok("commit" in fold);
  assert.is(repository.git("rev-parse", "HEAD"), fold.commit);
  const { spawnSync } = await import("node:child_process");
  const now = spawnSync("git", ["cat-file", "commit", "HEAD"], { cwd: repository.path, env: repository.env }).stdout;
  assert.equal(now.subarray(now.indexOf("\n")), raw.subarray(raw.indexOf("\n")));
  assert.is(repository.git("show", `HEAD:${FILE}`), "folded");
});

test("refused, with nothing changed: signed, to be signed, other changes staged, no commit", async () => {
  const refused = async (repository: Repository, why: string): Promise<void> => {
    const before = [repository.run("rev-parse", "HEAD").stdout, repository.git("ls-files", "--stage")];
    repository.write(FILE, "folded");
    assert.equal(await foldIntoHead(open(repository), [FILE]), { refused: why });
    assert.equal([repository.run("rev-parse", "HEAD").stdout, repository.git("ls-files", "--stage")], before);
  };
  await refused(freshRepository(), "unborn");

  const signing = history();
  signing.git("config", "commit.gpgSign", "yes");
  await refused(signing, "signing");

  const staged = history();
  staged.write("README.md", "staged");
  staged.git("add", "README.md");
  await refused(staged, "staged");

  for (const header of ["gpgsig", "gpgsig-sha256"]) {
    const signed = history();
    const raw = signed.git("cat-file", "commit", "HEAD").replace(/\n\n/, `\n${header} -----BEGIN PGP SIGNATURE-----\n \n abc\n -----END PGP SIGNATURE-----\n\n`);
    writeFileSync(join(signed.path, ".git/raw"), `${raw}\n`);
    signed.git("update-ref", "HEAD", signed.git("hash-object", "-t", "commit", "-w", ".git/raw"));
    await refused(signed, "signed");
  }
});

test("a message that speaks of gpgsig is no signature; a file staged before is folded too; a second time changes nothing", async () => {
  const repository = history();
  repository.commit("subject\n\ngpgsig in the body");
  repository.write(FILE, "folded");
  repository.git("add", FILE);
  const first = await foldIntoHead(open(repository), [FILE]);
  assert.ok("commit" in first);
  assert.equal(await foldIntoHead(open(repository), [FILE]), first);
});

test("of a commit that git replaces by another, the commit itself is taken", async () => {
  const repository = history();
  const id = repository.commit("the true message");
  const other = repository.git("commit-tree", "-m", "a replaced message", "HEAD^{tree}");
  repository.git("replace", id, other);
  repository.write(FILE, "folded");
  await foldIntoHead(open(repository), [FILE]);
  assert.is(repository.git("log", "-1", "--format=%s"), "the true message");
});

test("a detached HEAD moves, and no branch with it", async () => {
  const repository = history();
  repository.git("switch", "--quiet", "--detach");
  repository.write(FILE, "folded");
  const main = repository.git("rev-parse", "main");
  const fold = await foldIntoHead(open(repository), [FILE]);
  assert.ok("commit" in fold);
  assert.equal([repository.git("rev-parse", "HEAD"), repository.git("rev-parse", "main")], [fold.commit, main]);
});

test.run();
