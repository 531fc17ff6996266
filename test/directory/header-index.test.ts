import { appendFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type DirectoryReading, readDirectory } from "../../src/directory/read-directory.js";
import { readsWithin } from "../support/count-reads.js";
import { freshFolder } from "../support/folder.js";

const test = suite("directory/header-index");

interface Place {
  readonly root: string;
  readonly folder: string;
  readonly write: (name: string, text?: string) => void;
  /** Reads the folder, and tells which of its files were opened. */
  readonly read: (recursive?: boolean) => DirectoryReading & { readonly reads: readonly string[] };
  readonly indexFile: () => string;
}

function text(revision: string, more = ""): string {
  return `export const revision = "${revision}";\nexport const parents = [];\nexport const created = "2026-01-01T00:00:00Z";\nexport const message = "about ${revision}";\n${more}`;
}

function freshPlace(): Place {
  const root = freshFolder();
  const folder = join(root, ".migrations");
  const cache = join(root, "cache");
  mkdirSync(folder);
  return {
    root,
    folder,
    write(name, content = text(name.replace(/\W.*/, ""))) {
      mkdirSync(join(folder, name, ".."), { recursive: true });
      writeFileSync(join(folder, name), content);
    },
    read(recursive = false) {
      const { result, reads } = readsWithin(folder, () => readDirectory({ folders: [folder], recursive, root, cache }));
      return { ...result, reads };
    },
    indexFile: () => join(cache, "index", readdirSync(join(cache, "index"))[0] ?? ""),
  };
}

function ids({ files }: DirectoryReading): readonly string[] {
  return files.map(({ revision }) => revision);
}

/** Longer than the time in which a file may have been written twice. */
async function settle(): Promise<void> {
  await sleep(30);
}

async function read(place: Place): Promise<void> {
  await settle();
  place.read();
}

test("what has not changed is not read again, whatever it holds", async () => {
  const place = freshPlace();
  place.write("a.ts", text("a", `export const labels = ["shop"];\nexport const dependsOn = ["x", "y"];\nexport const transaction = false;\n`));
  place.write("b.mjs", text("b").replace("about b", "two\\nlines"));
  place.write("c.cjs", `exports.revision = "c";\nexports.parents = ["a", "b"];\nexports.created = "2026-01-01T00:00:00Z";\n`);
  place.write("d.sql", "-- gmig revision: d\n-- gmig parents: c\n-- gmig up\nselect 1;\n");
  place.write("neighbour.ts", "export const shared = 1;\n");
  await settle();
  const first = place.read();
  assert.equal(first.reads, ["a.ts", "b.mjs", "c.cjs", "d.sql", "neighbour.ts"]);
  const second = place.read();
  assert.equal(second.reads, []);
  const keys = ["revision", "parents", "dependsOn", "labels", "created", "message", "transaction", "style", "blob", "name", "folder", "file"] as const;
  const plain = (reading: DirectoryReading): unknown => reading.files.map((file) => Object.fromEntries(keys.map((key) => [key, file[key]])));
  assert.equal(plain(second), plain(first));
  assert.equal(plain(second), plain(place.read()));
});

test("only what is new, changed, or touched is read; what is gone or renamed is noticed", async () => {
  const place = freshPlace();
  for (const name of ["a.ts", "b.ts", "c.ts", "d.ts"]) place.write(name);
  await read(place);
  place.write("bb.ts");
  place.write("c.ts", text("c2"));
  rmSync(join(place.folder, "a.ts"));
  renameSync(join(place.folder, "d.ts"), join(place.folder, "e.ts"));
  await settle();
  const { reads, ...reading } = place.read();
  // A rename changes the time of change; the name is another in any case.
  assert.equal([reads, ids(reading)], [["bb.ts", "c.ts", "e.ts"], ["b", "bb", "c2", "d"]]);
  assert.equal(place.read().reads, []);
});

test("a change that keeps size and time of writing is noticed", async () => {
  const place = freshPlace();
  place.write("a.ts", text("aa"));
  await read(place);
  const { atimeMs, mtimeMs, size } = statSync(join(place.folder, "a.ts"));
  place.write("a.ts", text("bb"));
  utimesSync(join(place.folder, "a.ts"), atimeMs / 1000, mtimeMs / 1000);
  assert.is(statSync(join(place.folder, "a.ts")).size, size);
  assert.equal(ids(place.read()), ["bb"]);
});

test("a file as young as the index is read again until it has aged", async () => {
  const place = freshPlace();
  for (let round = 0; round < 50; round++) {
    place.write("a.ts", text(`a${round % 10}`));
    assert.equal(ids(place.read()), [`a${round % 10}`], `round ${round}`);
  }
  await read(place);
  assert.equal(place.read().reads, []);
});

test("files with problems are never kept", async () => {
  const place = freshPlace();
  place.write("a.ts", `export const revision = "a";\nexport const parents = other;\n`);
  place.write("b.ts");
  await read(place);
  const { reads, problems } = place.read();
  assert.equal([reads, problems.map(({ code }) => code)], [["a.ts"], ["REVISION_MALFORMED"]]);
});

test("a neighbour that becomes a revision is one", async () => {
  const place = freshPlace();
  place.write("a.ts", "export const x = 1;\n");
  await read(place);
  assert.equal(ids(place.read()), []);
  place.write("a.ts");
  assert.equal(ids(place.read()), ["a"]);
});

test("an index that is gone, damaged or of another version is as good as none", async () => {
  const place = freshPlace();
  for (const name of ["a.ts", "b.ts"]) place.write(name);
  await read(place);
  const good = readFileSync(place.indexFile(), "utf8");
  const columns = JSON.parse(good) as Record<string, unknown>;
  const damaged: string[] = ["", "null", "[]", "{}", "not JSON", good.slice(0, -20), good.slice(0, good.length / 2), JSON.stringify({ ...columns, format: 999 }), JSON.stringify({ ...columns, folder: "/elsewhere" })];
  for (const key of Object.keys(columns)) {
    for (const value of [undefined, null, 3, "x", {}, []]) damaged.push(JSON.stringify({ ...columns, [key]: value }));
  }
  for (const content of damaged) {
    writeFileSync(place.indexFile(), content);
    const { files } = place.read();
    assert.equal(files.map(({ revision, message, parents, labels }) => [revision, message, parents, labels]).length, 2, content.slice(0, 200));
  }
  rmSync(place.indexFile());
  assert.equal(place.read().reads, ["a.ts", "b.ts"]);
});

test("odd ids, names and messages do not disturb the others", async () => {
  const place = freshPlace();
  place.write("a\nb.ts", text("first"));
  place.write("c.ts", text("c d").replace(`parents = []`, `parents = ["", "x y", "z"]`));
  place.write("e.ts", text("e").replace("about e", "one\\r\\ntwo\\ttab \\u2028"));
  place.write("f.ts", text("f\\ng"));
  place.write("h.ts", text("h"));
  await settle();
  const seen = (): unknown => place.read().files.map(({ parents, message, name }) => [parents, message, name]);
  const before = seen();
  assert.equal(seen(), before);
  assert.equal(seen(), before);
  assert.is(place.read().files.at(-1)?.revision, "h");
});

test("a cache that cannot be written is done without", async () => {
  const place = freshPlace();
  writeFileSync(join(place.root, "cache"), "a file where the folder should be");
  place.write("a.ts");
  await settle();
  assert.equal(place.read().reads, ["a.ts"]);
  assert.equal(place.read().reads, ["a.ts"]);
});

test("two that write at once leave an index that is whole, and no other files", async () => {
  const place = freshPlace();
  for (let index = 0; index < 200; index++) place.write(`r${index}.ts`);
  const module = new URL("../../src/directory/read-directory.js", import.meta.url).href;
  const code = `
    const { readDirectory } = await import(${JSON.stringify(module)});
    const { appendFileSync } = await import("node:fs");
    for (let round = 0; round < 15; round++) {
      appendFileSync(${JSON.stringify(join(place.folder, "r0.ts"))}, "// more\\n");
      const { files } = readDirectory({ folders: [${JSON.stringify(place.folder)}], recursive: false, root: ${JSON.stringify(place.root)}, cache: ${JSON.stringify(join(place.root, "cache"))} });
      if (files.length !== 200) throw new Error("saw " + files.length);
    }`;
  const source = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  await Promise.all(
    [1, 2, 3].map(
      async () =>
        new Promise<void>((resolve, reject) => {
          new Worker(source).on("error", reject).on("exit", () => resolve());
        }),
    ),
  );
  await read(place);
  assert.equal([ids(place.read()).length, place.read().reads], [200, []]);
  assert.is(readdirSync(join(place.root, "cache/index")).length, 1);
  appendFileSync(join(place.folder, "r0.ts"), "\n");
  assert.equal(place.read().reads, ["r0.ts"]);
});

test.run();
