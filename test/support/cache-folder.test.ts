import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { cached, cacheFolder } from "./cache-folder.js";
import { freshFolder } from "./folder.js";

const test = suite("support/cache-folder");
const before = process.env["TMPDIR"];

test.before.each(() => {
  process.env["TMPDIR"] = freshFolder();
});

test.after.each(() => {
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
});

test("an entry is built once and found again", async () => {
  let builds = 0;
  const build = async (folder: string) => writeFileSync(join(folder, "n"), String(++builds));
  const entry = await cached("entry", build);
  assert.is(await cached("entry", build), entry);
  assert.is(readFileSync(join(entry, "n"), "utf8"), "1");
});

test("two that build at once get the same whole entry, and nothing else stays", async () => {
  const build = async (folder: string) => {
    writeFileSync(join(folder, "a"), "");
    await new Promise((go) => setTimeout(go, 50));
    writeFileSync(join(folder, "b"), "");
  };
  const [one, two] = await Promise.all([cached("entry", build), cached("entry", build)]);
  assert.is(one, two);
  assert.equal(readdirSync(one), ["a", "b"]);
  assert.equal(readdirSync(cacheFolder()), ["entry"]);
});

test("a build that fails leaves nothing, and the next one may succeed", async () => {
  const failing = cached("entry", () => Promise.reject(new Error("no network")));
  await failing.then(assert.unreachable, (error: Error) => assert.is(error.message, "no network"));
  assert.equal(readdirSync(cacheFolder()), []);
  assert.ok(existsSync(await cached("entry", async () => {})));
});

test("what a killed process left half built goes after an hour", async () => {
  for (const name of ["building-old", "building-new"]) mkdirSync(join(cacheFolder(), name));
  const old = Date.now() / 1000 - 4000;
  utimesSync(join(cacheFolder(), "building-old"), old, old);
  await cached("entry", async () => {});
  assert.equal(readdirSync(cacheFolder()), ["building-new", "entry"]);
});

test.run();
