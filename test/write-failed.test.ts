import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockEmbedded } from "../src/database/embedded-lock.js";
import { ensureCloneId } from "../src/git/clone-id.js";
import { applyEdit } from "../src/project/file-edit.js";
import { writeFailed } from "../src/write-failed.js";
import { freshFolder } from "./support/folder.js";
import { thrown } from "./support/thrown.js";

const test = suite("write-failed");

/** What the system throws. */
function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: no such luck, open`), { code });
}

test("it says which file, why in plain words, and what shows more: the nearest folder that is there", () => {
  const root = freshFolder();
  const path = join(root, "a/b/c.ts");
  const told = ["EACCES", "ENOSPC", "EEXIST", "EROFS", "EIO"].map((code) => {
    const { message, hint, data } = writeFailed(path, systemError(code));
    return [message, hint, data["errno"]];
  });
  assert.equal(told, [
    [`${path} could not be written: permission is denied`, `ls -ld ${root}`, "EACCES"],
    [`${path} could not be written: the disk is full`, `df -h ${root}`, "ENOSPC"],
    [`${path} could not be written: a file of that name is there already`, `ls -ld ${root}`, "EEXIST"],
    [`${path} could not be written: the file system is read-only`, `df -h ${root}`, "EROFS"],
    [`${path} could not be written: EIO: no such luck, open`, undefined, "EIO"],
  ]);
});

test("whoever writes says it so: hook files, the embedded database's lock, the clone's id", async () => {
  const root = freshFolder();
  const file = join(root, "file");
  writeFileSync(file, "");
  const failures = [
    await thrown(() => applyEdit({ path: join(file, "deeper/post-merge"), before: null, after: "x", executable: true })),
    await thrown(lockEmbedded(join(file, "data"), 0)),
    await thrown(() => ensureCloneId({ commonDirectory: file, gitDirectory: file } as never)),
  ];
  assert.equal(failures.map(({ code, message, hint }) => [code, message, hint]), [
    ["WRITE_FAILED", `${file}/deeper/post-merge could not be written: a part of its path is a file`, `ls -ld ${file}`],
    ["WRITE_FAILED", `${file}/data.lock could not be written, which locks the embedded database: a part of its path is a file`, `ls -ld ${file}`],
    ["WRITE_FAILED", `${file}/gmig/clone-id could not be written: a part of its path is a file`, `ls -ld ${file}`],
  ]);
});

test.run();
