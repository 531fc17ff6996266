import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createFile, replaceFile } from "../../src/directory/write-file.js";
import { freshFolder } from "../support/folder.js";
import { skip } from "../support/skip.js";
import { thrown } from "../support/thrown.js";

const test = suite("directory/write-file");

/** Mounts a file system of this many kilobytes for an action; false where only root may do that. */
async function onSmallDisk(kilobytes: number, action: (folder: string) => Promise<void>): Promise<void> {
  const folder = freshFolder();
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder]);
  try {
    await action(folder);
  } finally {
    execFileSync("umount", [folder]);
  }
}

function canMount(): boolean {
  const folder = freshFolder();
  const mounted = process.platform === "linux" && spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", folder]).status === 0;
  return mounted && spawnSync("umount", [folder]).status === 0;
}

test("a new file is there with its text, and its folders, and nothing beside it", () => {
  const root = freshFolder();
  createFile(join(root, "a/b/c.ts"), "text\n");
  assert.is(readFileSync(join(root, "a/b/c.ts"), "utf8"), "text\n");
  assert.equal(readdirSync(join(root, "a/b")), ["c.ts"]);
});

test("a name that is taken is refused, and what is there stays", async () => {
  const root = freshFolder();
  const path = join(root, "a.ts");
  createFile(path, "first");
  const error = await thrown(() => createFile(path, "second"));
  assert.equal([error.code, error.exitStatus, error.data], ["WRITE_FAILED", 4, { file: path, errno: "EEXIST" }]);
  assert.is(error.message, `${path} could not be written: a file of that name is there already`);
  assert.equal([readFileSync(path, "utf8"), readdirSync(root)], ["first", ["a.ts"]]);
});

test("replacing leaves the new text and nothing else", () => {
  const root = freshFolder();
  writeFileSync(join(root, "a.ts"), "old");
  replaceFile(join(root, "a.ts"), "new");
  assert.equal([readFileSync(join(root, "a.ts"), "utf8"), readdirSync(root)], ["new", ["a.ts"]]);
});

test("a path through a file is told", async () => {
  const root = freshFolder();
  writeFileSync(join(root, "file"), "");
  for (const path of ["file/a.ts", "file/deeper/a.ts"]) {
    const error = await thrown(() => createFile(join(root, path), "x"));
    assert.is(error.code, "WRITE_FAILED");
    assert.match(error.message, /could not be written: (a part of its path is a file|a file of that name is there already)$/);
  }
  assert.is((await thrown(() => replaceFile(join(root, "file/a.ts"), "x"))).code, "WRITE_FAILED");
});

if (process.getuid?.() === 0) skip(test, "a folder without permission is told", "root has it all the same");
else {
  test("a folder without permission is told", async () => {
    const root = freshFolder();
    mkdirSync(join(root, "locked"), { mode: 0o555 });
    const error = await thrown(() => createFile(join(root, "locked/a.ts"), "x"));
    assert.match(error.message, /permission is denied$/);
    chmodSync(join(root, "locked"), 0o755);
  });
}

if (canMount()) {
  test("a read-only file system is told", async () => {
    await onSmallDisk(64, async (folder) => {
      writeFileSync(join(folder, "old.ts"), "old");
      execFileSync("mount", ["-o", "remount,ro", folder]);
      for (const write of [createFile, replaceFile]) {
        assert.match((await thrown(() => write(join(folder, "a.ts"), "x"))).message, /could not be written: the file system is read-only$/);
      }
      assert.equal(readdirSync(folder), ["old.ts"]);
    });
  });

  test("a disk that becomes full leaves nothing half-written", async () => {
    await onSmallDisk(64, async (folder) => {
      writeFileSync(join(folder, "old.ts"), "old");
      for (const [write, name] of [[createFile, "new.ts"], [replaceFile, "old.ts"]] as const) {
        const error = await thrown(() => write(join(folder, name), "x".repeat(100_000)));
        assert.equal([error.code, error.data["errno"]], ["WRITE_FAILED", "ENOSPC"]);
        assert.match(error.message, /could not be written: the disk is full$/);
        assert.equal([readdirSync(folder), readFileSync(join(folder, "old.ts"), "utf8")], [["old.ts"], "old"], name);
      }
      rmSync(join(folder, "old.ts"));
      createFile(join(folder, "small.ts"), "fits");
      assert.equal(readdirSync(folder), ["small.ts"]);
    });
  });
} else skip(test, "a read-only file system and a full disk", "only root can mount one");

test.run();
