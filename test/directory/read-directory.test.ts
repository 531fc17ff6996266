import { mkdirSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type DirectoryReading, readDirectory } from "../../src/directory/read-directory.js";
import { freshFolder } from "../support/folder.js";
import { thrown } from "../support/thrown.js";

const test = suite("directory/read-directory");

function text(revision: string): string {
  return `export const revision = "${revision}";\nexport const parents = [];\nexport const created = "2026-01-01T00:00:00Z";\n`;
}

/** A folder with files, each a revision of its name's first letters unless its text is given after `=`. */
function tree(...files: readonly string[]): string {
  const root = freshFolder();
  for (const file of files) {
    const [, name = "", content = text(/(\w+)[^/]*$/.exec(file)?.[1] ?? "")] = /^([^=]*)(?:=([^]*))?$/.exec(file) ?? [];
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

function read(root: string, folders: readonly string[], recursive = false): DirectoryReading {
  return readDirectory({ folders: folders.map((folder) => join(root, folder)), recursive, root, cache: join(root, "cache") });
}

function seen({ files }: DirectoryReading): readonly string[] {
  return files.map(({ revision, file }) => `${revision} ${file}`);
}

test("code and SQL are revisions; declarations, maps, dotfiles, folders and all else are not", () => {
  const sql = "-- gmig revision: s\n-- gmig parents:\n-- gmig up\nselect 1;\n";
  const root = tree("m/a.ts", "m/b.mts", "m/c.cts", "m/d.js", "m/e.mjs", "m/f.cjs", `m/s.sql=${sql}`, "m/g.d.ts", "m/h.d.mts", "m/i.js.map", "m/.j.ts", "m/k.json", "m/l.tsx", "m/README.md", "m/n.ts/x.txt", "m/help.ts=export const help = 1;");
  assert.equal(seen(read(root, ["m"])), ["a m/a.ts", "b m/b.mts", "c m/c.cts", "d m/d.js", "e m/e.mjs", "f m/f.cjs", "s m/s.sql"]);
});

test("of a source and what was compiled from it beside it only the source counts", () => {
  const root = tree("m/a.ts", "m/a.js", "m/b.mts", "m/b.mjs", "m/c.cts", "m/c.cjs", "m/d.js", "m/e.ts", "m/e.mjs");
  assert.equal(seen(read(root, ["m"])), ["a m/a.ts", "b m/b.mts", "c m/c.cts", "d m/d.js", "e m/e.mjs", "e m/e.ts"]);
});

test("subfolders are searched when asked, but for dotted ones and node_modules", () => {
  const root = tree("m/a.ts", "m/2026/b.ts", "m/2026/deep/c.ts", "m/.hidden/d.ts", "m/node_modules/e.ts", "m/2026/.f.ts");
  assert.equal(seen(read(root, ["m"])), ["a m/a.ts"]);
  assert.equal(seen(read(root, ["m"], true)), ["a m/a.ts", "b m/2026/b.ts", "c m/2026/deep/c.ts"]);
  assert.equal(seen(read(root, ["m"], true)), ["a m/a.ts", "b m/2026/b.ts", "c m/2026/deep/c.ts"], "from the index");
});

test("several folders are one graph; one that is not there is told", () => {
  const root = tree("one/a.ts", "two/b.ts", "file=x");
  const reading = read(root, ["one", "gone", "two", "file"]);
  assert.equal([seen(reading), reading.absent], [["a one/a.ts", "b two/b.ts"], [join(root, "gone"), join(root, "file")]]);
});

test("links that lead in a circle, or nowhere, are no danger", () => {
  const root = tree("m/a.ts", "m/in/b.ts", "other/c.ts");
  symlinkSync(".", join(root, "m/self"));
  symlinkSync("..", join(root, "m/in/up"));
  symlinkSync("../other", join(root, "m/linked"));
  symlinkSync("nowhere", join(root, "m/lost.ts"));
  symlinkSync("round.ts", join(root, "m/round.ts"));
  symlinkSync("../other/c.ts", join(root, "m/c.ts"));
  assert.equal(seen(read(root, ["m"], true)), ["a m/a.ts", "c m/c.ts", "b m/in/b.ts", "c m/linked/c.ts"]);
});

if (process.platform === "linux") {
  test("a file that cannot be read is one problem; the others are read", () => {
    const root = tree("m/a.ts", "m/c.ts");
    symlinkSync("/proc/self/mem", join(root, "m/b.ts"));
    const reading = read(root, ["m"]);
    assert.equal(seen(reading), ["a m/a.ts", "c m/c.ts"]);
    assert.equal(reading.problems, [{ code: "REVISION_MALFORMED", message: "m/b.ts cannot be read: EIO: i/o error, read", revisions: [], file: "m/b.ts" }]);
    unlinkSync(join(root, "m/b.ts"));
    assert.equal(read(root, ["m"]).problems, []);
  });
}

test("a folder that cannot be listed is an error, not an empty one", async () => {
  const root = tree("m/a.ts");
  symlinkSync("circle", join(root, "circle"));
  const error = await thrown(() => read(root, ["circle"]));
  assert.equal([error.code, error.exitStatus], ["FOLDER_ABSENT", 3]);
  assert.match(error.message, /^The revisions folder cannot be read: ELOOP/);
});

test("all problems are told, each with its file and line", () => {
  const root = tree("m/a.ts=export const revision = 'a';\n<<<<<<< ours\n=======\n>>>>>>> theirs\n", "m/b.ts=export const revision = 'b';\n\nexport const parents = parent();\n", "m/c.ts");
  assert.equal(
    read(root, ["m"]).problems.map(({ code, file, line }) => `${code} ${file ?? ""}:${line ?? ""}`),
    ["CONFLICT_MARKERS m/a.ts:2", "REVISION_MALFORMED m/b.ts:3"],
  );
});

test.run();
