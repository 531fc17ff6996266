import { createHash } from "node:crypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { filesAt, folderTree } from "../../src/git/files-at.js";
import { filesOnBranches } from "../../src/git/files-on-branches.js";
import { isomorphicReader } from "../../src/git/isomorphic-reader.js";
import { mergeBases } from "../../src/git/merge-bases.js";
import { readBlobs } from "../../src/git/read-blobs.js";
import type { Repository as Opened } from "../../src/git/repository.js";
import type { GitRun, Repository } from "../support/repository.js";
import { thrown } from "./errors.js";
import { FOLDER, ODD_BRANCH, ODD_FOLDER, open, situation, SITUATIONS } from "./situations.js";

// Both readers give the answers that git's own commands give, in every kind of repository that they are chosen for.

const test = suite("git/reader");

const NAMES = ["HEAD", "@", "main", "side", "v1", "refs/heads/main", "heads/main", "origin/main", "origin", ODD_BRANCH, "HEAD~1", "HEAD^", "HEAD^2", "main~1^2", "v1^{commit}", "v1^{}", "main^0", "main~50"];
const NO_NAMES = ["nope", "-x", "--all", "--help", "", " ", "config", "index", "../../etc/passwd", "HEAD\nmain", "main..side", "README.md", "main:README.md", "0000", "f".repeat(40)];

/** What git's own commands say, in the folder where the situation is to be looked at; each is asked once. */
class Told {
  readonly #git: (...args: readonly string[]) => { readonly status: number | null; readonly stdout: string };

  constructor(repository: Repository, folder: string | null) {
    const answers = new Map<string, GitRun>();
    this.#git = (...args) => {
      const key = args.join("\0");
      const answer = answers.get(key) ?? repository.run(...(folder === null ? [] : ["-C", folder]), ...args);
      answers.set(key, answer);
      return answer;
    };
  }

  commit(name: string): string | null {
    const { status, stdout } = this.#git("rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`);
    return status === 0 ? stdout.trim() : null;
  }

  branches(): readonly string[] {
    const { stdout } = this.#git("for-each-ref", "--format=%(objectname) %(refname) %(symref)", "refs/heads", "refs/remotes");
    return stdout.split("\n").filter((line) => /^\S+ \S+ $/.test(line)).map((line) => line.trim());
  }

  tree(commit: string, folder: string): string | null {
    const { status, stdout } = this.#git("rev-parse", "--verify", "--quiet", `${commit}:${folder}`);
    const type = this.#git("cat-file", "-t", stdout.trim()).stdout.trim();
    return status === 0 && type === "tree" ? stdout.trim() : null;
  }

  files(tree: string | null, recursive: boolean): readonly string[] {
    if (tree === null) return [];
    const lines = this.#git("ls-tree", "--full-tree", "-z", ...(recursive ? ["-r"] : []), tree).stdout.split("\0");
    return lines.filter((line) => line !== "" && !line.startsWith("040000"));
  }

  bases(left: string, right: string): readonly string[] {
    return this.#git("merge-base", "--all", left, right).stdout.split("\n").filter((id) => id !== "").sort();
  }
}

function lines(files: readonly { readonly name: string; readonly id: string; readonly mode: string }[]): readonly string[] {
  return files.map(({ name, id, mode }) => `${mode} ${mode === "160000" ? "commit" : "blob"} ${id}\t${name}`);
}

async function checkNames(opened: Opened, told: Told): Promise<void> {
  const reader = await opened.reader();
  const full = told.commit("HEAD");
  const texts = [...NAMES, ...(full === null ? [] : [full, full.slice(0, 7), `${full.slice(0, 9)}~1`])];
  for (const text of texts) assert.is(await reader.resolve(text), told.commit(text), text);
  for (const text of NO_NAMES) assert.is(await reader.resolve(text), null, text);
}

async function checkFiles(opened: Opened, told: Told): Promise<void> {
  const branches = await (await opened.reader()).listBranches();
  assert.equal(branches.map(({ commit, ref }) => `${commit} ${ref}`), told.branches());
  for (const commit of new Set(branches.map((branch) => branch.commit))) {
    const flat = await filesAt(opened, commit, [FOLDER, ODD_FOLDER, "nowhere/at all", "README.md"]);
    const deep = await filesAt(opened, commit, [FOLDER, ""], { recursive: true });
    for (const [found, recursive] of [...flat.map((one) => [one, false] as const), ...deep.map((one) => [one, true] as const)]) {
      const { folder, tree, files } = found;
      assert.is(tree, told.tree(commit, folder), `${commit}:${folder}`);
      assert.equal(lines(files), told.files(tree, recursive), `${commit}:${folder}`);
    }
  }
  const all = await filesOnBranches(opened, [FOLDER, ODD_FOLDER], { remotes: true });
  assert.equal(all.unread, []);
  assert.equal(all.branches.map(({ ref }) => ref), branches.map(({ ref }) => ref));
  for (const { commit, folders } of all.branches) assert.equal(folders, await filesAt(opened, commit, [FOLDER, ODD_FOLDER]));
}

async function checkBlobs(opened: Opened, name: string): Promise<void> {
  const { branches } = await filesOnBranches(opened, [""], { recursive: true, remotes: true });
  const files = branches.flatMap(({ folders }) => folders.flatMap((folder) => folder.files)).filter(({ mode }) => mode !== "160000");
  const ids = [...new Set(files.map(({ id }) => id))];
  const blobs = await readBlobs(opened, [...ids, "1".repeat(ids[0]?.length ?? 40)]);
  if (name === "partial, without blobs") {
    // The checkout itself has fetched what is in it.
    assert.ok(blobs.size > 0 && blobs.size < ids.length);
    return;
  }
  assert.is(blobs.size, ids.length);
  for (const [id, bytes] of blobs) assert.is(createHash(opened.objectFormat).update(`blob ${bytes.length}\0`).update(bytes).digest("hex"), id);
}

async function checkBases(opened: Opened, told: Told): Promise<void> {
  const branches = await (await opened.reader()).listBranches();
  for (const left of branches) {
    for (const right of branches) {
      const expected = told.bases(left.commit, right.commit);
      if (expected.length === 0 && opened.shallow) assert.match((await thrown(async () => mergeBases(opened, left.commit, right.commit))).hint ?? "", "git fetch --unshallow origin");
      else assert.equal([...(await mergeBases(opened, left.commit, right.commit))].sort(), expected);
    }
  }
}

async function checkAll(opened: Opened, told: Told, name: string): Promise<void> {
  await checkNames(opened, told);
  if (name === "partial, without trees") return;
  await checkFiles(opened, told);
  await checkBlobs(opened, name);
  await checkBases(opened, told);
}

for (const one of SITUATIONS) {
  const { name, make, failing, from } = one;
  test(`${name}: ${failing === null ? "both read it" : "git reads it, and without git it is refused"}`, async () => {
    const repository = make();
    const told = new Told(repository, from === "mods/in ner" ? from : null);
    const native = open(repository, { from });
    assert.is((await native.reader()).kind, "native");
    await checkAll(native, told, name);
    const isomorphic = open(repository, { from, binary: null });
    if (failing === null) {
      assert.is((await isomorphic.reader()).kind, "isomorphic");
      await checkAll(isomorphic, told, name);
      return;
    }
    const error = await thrown(async () => isomorphic.reader());
    assert.is(error.code, "GIT_FAILED");
    assert.match(error.message, failing);
  });
}

for (const name of ["alternates", "SHA-256", "a pack's index of version 1", "replaced objects"]) {
  test(`${name}: isomorphic-git gets it wrong, which is why it is not asked`, async () => {
    const repository = situation(name);
    const opened = open(repository, { binary: null });
    const commit = repository.git("rev-parse", "main");
    const right = await folderTree(open(repository), commit, FOLDER);
    let wrong: unknown = null;
    try {
      wrong = (await isomorphicReader(opened).folderTrees([commit], FOLDER))[0];
    } catch {
      // Failing is one way of getting it wrong.
    }
    assert.not.equal(wrong, { tree: right });
  });
}

test.run();
