import { suite } from "uvu";
import * as assert from "uvu/assert";
import { changeRef, readRef } from "../../src/git/change-ref.js";
import { readTexts } from "../../src/git/read-blobs.js";
import type { Repository } from "../../src/git/repository.js";
import { treeEntries } from "../../src/git/tree-entries.js";
import { writeBlobs, writeTree } from "../../src/git/write-objects.js";
import { thrown } from "./errors.js";
import { history, open, situation } from "./situations.js";

const test = suite("git/change-ref");

const REF = "refs/gmig/applied/3f2a";

/** Adds a blob to the tree that the reference holds, as a ledger of texts grows. */
async function add(opened: Repository, name: string, text: string): Promise<string> {
  return changeRef(opened, REF, async (present) => {
    const entries = present === null ? [] : await treeEntries(opened, present);
    const [id = ""] = await writeBlobs(opened, [text]);
    return writeTree(opened, [...entries.filter((entry) => entry.name !== name), { mode: "100644", name, id }]);
  });
}

for (const kind of ["loose objects", "SHA-256", "a linked worktree", "bare", "packed objects and references"]) {
  test(`${kind}: a tree grows under a reference, and its texts are read back`, async () => {
    const repository = situation(kind);
    const opened = open(repository);
    assert.is(await readRef(opened, REF), null);
    await add(opened, "b", "text of b");
    await add(opened, "a", "");
    const tree = await add(opened, "c.ts", "c\r\n");
    assert.is(await readRef(opened, REF), tree);
    assert.is(await add(opened, "c.ts", "c\r\n"), tree, "nothing to change");
    repository.git("pack-refs", "--all");
    assert.is(await readRef(opened, REF), tree);
    const entries = await treeEntries(opened, tree);
    assert.equal(entries.map(({ name }) => name), ["a", "b", "c.ts"]);
    const texts = await readTexts(opened, entries.map(({ id }) => id));
    assert.equal(entries.map(({ id }) => texts.get(id)), ["", "text of b", "c\r\n"]);
    repository.git("gc", "--quiet", "--prune=now");
    assert.is(repository.git("rev-parse", `${REF}:b`), entries[1]?.id);
    repository.git("fsck", "--strict");
  });
}

test("of many who add at once nobody's is lost", async () => {
  const repository = history();
  const names = Array.from({ length: 8 }, (_, index) => `r${index}`);
  await Promise.all(names.map(async (name) => add(open(repository), name, name)));
  assert.equal(repository.git("ls-tree", "--name-only", REF).split("\n"), names);
});

test("many texts at once, of any bytes, in folders of folders", async () => {
  const opened = open(history());
  const texts = Array.from({ length: 300 }, (_, index) => Buffer.from([index % 256, 0, 10, 255]));
  const ids = await writeBlobs(opened, [...texts, "done\n", "blob\nmark :1\ndata 3\nabc\n"]);
  assert.is(ids.length, 302);
  assert.is((await readTexts(opened, ids)).get(ids[301] ?? ""), "blob\nmark :1\ndata 3\nabc\n");
  const inner = await writeTree(opened, ids.slice(0, 3).map((id, index) => ({ mode: "100755", name: `we ird\n${index}`, id })));
  const outer = await writeTree(opened, [{ mode: "40000", name: "inner", id: inner }]);
  assert.equal(await treeEntries(opened, outer), [{ mode: "40000", name: "inner", id: inner }]);
  assert.is((await treeEntries(opened, inner))[2]?.name, "we ird\n2");
  assert.equal(await writeBlobs(opened, []), []);
  assert.is(await writeTree(opened, []), "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
});

test("what can't be is refused: a tree of what is not there, a malformed name", async () => {
  const opened = open(history());
  assert.is((await thrown(async () => writeTree(opened, [{ mode: "100644", name: "x", id: "1".repeat(40) }]))).code, "GIT_FAILED");
  const [id = ""] = await writeBlobs(opened, ["x"]);
  assert.is((await thrown(async () => changeRef(opened, "refs/gmig/a..b", async () => Promise.resolve(id)))).code, "GIT_FAILED");
  assert.match((await thrown(async () => treeEntries(opened, id))).message, "does not hold the tree");
});

test.run();
