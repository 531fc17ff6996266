import { execFile } from "node:child_process";
import { readdirSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sweepStore } from "../../src/load/sweep-store.js";
import { freshFolder } from "../support/folder.js";
import { failure } from "./failure.js";
import { type Project, makeProject } from "./project.js";

const test = suite("load: the cache");

const MODULE = new URL("../../src/load/load-modules.js", import.meta.url).href;
/** In a process with this, esbuild fails if anybody starts it: Node runs in its place, and takes none of its options. */
const WITHOUT_ESBUILD = { ...process.env, ESBUILD_BINARY_PATH: process.execPath };

/** What a file's `a` is when a process of its own loads it. */
async function inProcess(project: Project, name: string, cache: string | null, env: NodeJS.ProcessEnv = process.env): Promise<unknown> {
  const script = `import { loadModules } from ${JSON.stringify(MODULE)};
    const [loaded] = await loadModules([${JSON.stringify(project.path(name))}], ${JSON.stringify({ root: project.root, cache })});
    process.stdout.write(JSON.stringify(loaded.exports.a));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], { env });
  return JSON.parse(stdout);
}

/** Fails the test where a load does without esbuild. */
async function assertCompiles(project: Project, name: string): Promise<void> {
  const [outcome] = await Promise.allSettled([inProcess(project, name, project.cache, WITHOUT_ESBUILD)]);
  assert.is(outcome.status, "rejected");
  assert.match(String((outcome as PromiseRejectedResult).reason), /esbuild, which compiles TypeScript, can't be started/);
}

interface Change {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly before: unknown;
  readonly change: Readonly<Record<string, string>>;
  readonly after: unknown;
}

const CHANGES: readonly Change[] = [
  { name: "the file itself", files: { "a.ts": `export const a = 1;` }, before: 1, change: { "a.ts": `export const a = 2;` }, after: 2 },
  { name: "a neighbour's neighbour", files: { "a.ts": `export { a } from "./b";`, "b.ts": `export { a } from "./c";`, "c.ts": `export const a = 1;` }, before: 1, change: { "c.ts": `export const a = 2;` }, after: 2 },
  { name: "JSON", files: { "a.ts": `import a from "./b.json"; export { a };`, "b.json": `1` }, before: 1, change: { "b.json": `2` }, after: 2 },
  {
    name: "a tsconfig",
    files: { "a.ts": `export { a } from "it";`, "one.ts": `export const a = 1;`, "two.ts": `export const a = 2;`, "tsconfig.json": `{ "compilerOptions": { "paths": { "it": ["./one"] } } }` },
    before: 1,
    change: { "tsconfig.json": `{ "compilerOptions": { "paths": { "it": ["./two"] } } }` },
    after: 2,
  },
  {
    name: "what a tsconfig extends",
    files: { "a.ts": `export { a } from "it";`, "one.ts": `export const a = 1;`, "two.ts": `export const a = 2;`, "tsconfig.json": `\uFEFF{ // a "comment"\n /* another */ "extends": "./base", }`, "base.json": `{ "compilerOptions": { "paths": { "it": ["./one"] } } }` },
    before: 1,
    change: { "base.json": `{ "compilerOptions": { "paths": { "it": ["./two"] } } }` },
    after: 2,
  },
  {
    name: "a tsconfig that appears nearer",
    files: { "src/a.ts": `class A { b!: 1 } export const a = Object.keys(new A());` },
    before: ["b"],
    change: { "src/tsconfig.json": `{ "compilerOptions": { "useDefineForClassFields": false } }` },
    after: [],
  },
  { name: "package.json", files: { "a.ts": `export { a } from "#it";`, "one.ts": `export const a = 1;`, "two.ts": `export const a = 2;`, "package.json": `{ "imports": { "#it": "./one.ts" } }` }, before: 1, change: { "package.json": `{ "imports": { "#it": "./two.ts" } }` }, after: 2 },
  {
    name: "a package.json that appears nearer",
    files: {
      "src/a.ts": `export { a } from "dual";`,
      "node_modules/dual/package.json": `{ "name": "dual", "exports": { "import": "./i.mjs", "require": "./r.cjs" } }`,
      "node_modules/dual/i.mjs": `export const a = "import";`,
      "node_modules/dual/r.cjs": `exports.a = "require";`,
    },
    before: "require",
    change: { "src/package.json": `{ "type": "module" }` },
    after: "import",
  },
  { name: "a file that takes over an import without extension", files: { "a.ts": `export { a } from "./b";`, "b.js": `export const a = 1;` }, before: 1, change: { "b.ts": `export const a = 2;` }, after: 2 },
  { name: "a file that takes over a folder's index", files: { "a.ts": `export { a } from "./b";`, "b/index.ts": `export const a = 1;` }, before: 1, change: { "b.ts": `export const a = 2;` }, after: 2 },
  {
    name: "where a package's exports lead",
    files: { "a.ts": `export { a } from "p";`, "node_modules/p/package.json": `{ "name": "p", "exports": "./one.js" }`, "node_modules/p/one.js": `exports.a = 1;`, "node_modules/p/two.js": `exports.a = 2;` },
    before: 1,
    change: { "node_modules/p/package.json": `{ "name": "p", "exports": "./two.js" }` },
    after: 2,
  },
  {
    name: "where a package's exports lead, to a folder with a package.json of its own",
    files: { "a.ts": `export { a } from "p";`, "node_modules/p/package.json": `{ "name": "p", "exports": "./one/i.js" }`, "node_modules/p/one/package.json": "{}", "node_modules/p/one/i.js": `exports.a = 1;`, "node_modules/p/two.js": `exports.a = 2;` },
    before: 1,
    change: { "node_modules/p/package.json": `{ "name": "p", "exports": "./two.js" }` },
    after: 2,
  },
  {
    name: "a file that a computed import matches",
    files: { "a.cjs": `const name = "./parts/" + "tw"; let a = 1; try { a = require("./parts/" + ["t", "wo"].join("")).a } catch {} exports.a = a;`, "parts/one.ts": "" },
    before: 1,
    change: { "parts/two.ts": `export const a: number = 2;` },
    after: 2,
  },
];

for (const { name, files, before, change, after } of CHANGES) {
  test(`a change is seen, in the same process and in the next: ${name}`, async () => {
    const project = makeProject("unsaid", files);
    const entry = Object.keys(files)[0]!;
    assert.equal((await project.exports(entry))["a"], before);
    assert.equal(await inProcess(project, entry, project.cache, WITHOUT_ESBUILD), before);
    project.write(change);
    await assertCompiles(project, entry);
    assert.equal((await project.exports(entry))["a"], after);
    assert.equal(await inProcess(project, entry, project.cache, WITHOUT_ESBUILD), after);
  });
}

test("a file of a package goes, and another one takes its place", async () => {
  const project = makeProject("commonjs", { "a.ts": `export { a } from "p/lib";`, "node_modules/p/lib.js": `exports.a = 1;`, "node_modules/p/lib/index.js": `exports.a = 2;` });
  assert.is((await project.exports("a.ts"))["a"], 1);
  rmSync(project.path("node_modules/p/lib.js"));
  assert.is((await project.exports("a.ts"))["a"], 2);
});

test("what an alias should lead to appears", async () => {
  const project = makeProject("module", { "a.ts": `export { a } from "@app/b";`, "tsconfig.json": `{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }` });
  assert.match((await failure(project.load(["a.ts"]))).message, /"@app\/b" is not found, which a\.ts:1 imports/);
  project.write({ "src/b.ts": `export const a = 1;` });
  assert.is((await project.exports("a.ts"))["a"], 1);
});

test("contents decide, not times: a new time alone compiles nothing, a new text of the same size and time does", async () => {
  const project = makeProject("module", { "a.ts": `export const a = 1;` });
  await project.load(["a.ts"]);
  const { mtime, atime } = statSync(project.path("a.ts"));
  utimesSync(project.path("a.ts"), new Date(), new Date());
  assert.is(await inProcess(project, "a.ts", project.cache, WITHOUT_ESBUILD), 1);
  project.write({ "a.ts": `export const a = 2;` });
  utimesSync(project.path("a.ts"), atime, mtime);
  assert.is((await project.exports("a.ts"))["a"], 2);
});

test("what has not changed is not run again; what has is, and all that imports it", async () => {
  const count = `(globalThis as any).runs = ((globalThis as any).runs ?? "") + import.meta.filename.at(-4);`;
  const project = makeProject("module", { "a.ts": `import { c } from "./c"; ${count} export const a = c;`, "b.ts": count, "c.ts": `${count} export const c = 1;` });
  const taken = () => {
    const all = (globalThis as { runs?: string }).runs;
    delete (globalThis as { runs?: string }).runs;
    return all;
  };
  const first = await project.load(["a.ts", "b.ts"]);
  assert.is(taken(), "cab");
  const second = await project.load(["a.ts", "b.ts"]);
  assert.is(taken(), undefined);
  assert.is(second[0]!.exports, first[0]!.exports);
  project.write({ "c.ts": `${count} export const c = 2;` });
  const third = await project.load(["a.ts", "b.ts"]);
  assert.is(taken(), "ca");
  assert.is(third[0]!.exports["a"], 2);
  assert.is(third[1]!.exports, first[1]!.exports);
});

test("each of two texts that take turns is compiled once", async () => {
  const project = makeProject("commonjs", { "a.ts": `export const a = 1;` });
  await project.load(["a.ts"]);
  project.write({ "a.ts": `export const a = 2;` });
  await project.load(["a.ts"]);
  assert.is(await inProcess(project, "a.ts", project.cache, WITHOUT_ESBUILD), 2);
  project.write({ "a.ts": `export const a = 1;` });
  assert.is(await inProcess(project, "a.ts", project.cache, WITHOUT_ESBUILD), 1);
});

test("warm loading of many files starts no esbuild, those with much in common included", async () => {
  const names = Array.from({ length: 20 }, (_, n) => `m${n}.ts`);
  const project = makeProject("commonjs", {
    ...Object.fromEntries(names.map((name, n) => [name, `import { shared } from "./shared"; export const it = [shared, ${n}];`])),
    "shared.ts": `export const shared = {};`,
    "a.ts": `import { it } from "./m3"; export const a = it[1];`,
  });
  await project.load([...names, "a.ts"]);
  assert.is(await inProcess(project, "a.ts", project.cache, WITHOUT_ESBUILD), 3);
  const kept = readdirSync(project.cache);
  await project.load([...names, "a.ts"]);
  assert.equal(readdirSync(project.cache), kept);
});

const DAMAGE: Readonly<Record<string, (path: string) => void>> = {
  removed: (path) => rmSync(path),
  emptied: (path) => truncateSync(path, 0),
  "cut in half": (path) => truncateSync(path, Math.floor(statSync(path).size / 2)),
  "filled with other JSON": (path) => writeFileSync(path, `{"unit":{}}`),
  "filled with null": (path) => writeFileSync(path, "null"),
};

for (const [how, damage] of Object.entries(DAMAGE)) {
  for (const together of [["a.ts"], ["a.ts", "d.ts"]]) {
    test(`the file of the cache that holds ${together.join(" and ")} is ${how}`, async () => {
      const project = makeProject("module", { "a.ts": `import { b } from "./b"; import c from "./c.cjs"; export const a = [b, c];`, "b.ts": `export const b = 1;`, "c.cts": `export = 2;`, "d.ts": "" });
      assert.equal((await project.load(together))[0]!.exports["a"], [1, 2]);
      const [name, ...others] = readdirSync(project.cache);
      assert.equal(others, []);
      damage(join(project.cache, name!));
      assert.equal(await inProcess(project, "a.ts", project.cache), [1, 2]);
      assert.equal(await inProcess(project, "a.ts", project.cache, WITHOUT_ESBUILD), [1, 2]);
    });
  }
}

test("the cache goes while a process that has used it runs on", async () => {
  const project = makeProject("module", { "a.ts": `export const a = 1; export const later = () => import("./b");`, "b.ts": `export const b = 2;` });
  await project.load(["a.ts"]);
  rmSync(project.cache, { recursive: true });
  const a = await project.exports("a.ts");
  assert.is(a["a"], 1);
  assert.is((await (a["later"] as () => Promise<{ b: number }>)()).b, 2);
});

test("several processes fill one cache at once", async () => {
  const files = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`m${n}.ts`, `export const m = ${n};`]));
  const project = makeProject("module", { "a.ts": `${Object.keys(files).map((name, n) => `import { m as m${n} } from "./${name}";`).join("")} export const a = m3 + m29;`, ...files });
  const results = await Promise.all(Array.from({ length: 6 }, () => inProcess(project, "a.ts", project.cache)));
  assert.equal(results, [32, 32, 32, 32, 32, 32]);
  assert.is(await inProcess(project, "a.ts", project.cache, WITHOUT_ESBUILD), 32);
  assert.equal(readdirSync(project.cache).filter((name) => !/^[0-9a-f]{16}\.units?$/.test(name)), []);
});

test("without a cache, or with one that can't be made, nothing is written anywhere, and what is imported later is there", async () => {
  const project = makeProject("module", { "a.ts": `import { b } from "./b.cjs"; export const a = (await import("./d")).d + b;`, "b.cts": `import { c } from "./c.cjs"; export const b = c;`, "c.cts": `export const c = 1;`, "d.ts": `export const d = 2;`, file: "" });
  for (const cache of [null, project.path("file"), project.path("file/below")]) {
    const temporary = freshFolder();
    assert.is(await inProcess(project, "a.ts", cache, { ...process.env, TMPDIR: temporary }), 3);
    assert.equal(readdirSync(temporary), []);
  }
  assert.equal(readdirSync(project.root).sort(), ["a.ts", "b.cts", "c.cts", "d.ts", "file", "package.json"]);
});

test("what can't be compiled leaves nothing behind, and is compiled when it is mended", async () => {
  const project = makeProject("module", { "a.ts": `export const a = ;` });
  await failure(project.load(["a.ts"]));
  assert.equal(readdirSync(project.cache), []);
  project.write({ "a.ts": `export const a = 1;` });
  assert.is((await project.exports("a.ts"))["a"], 1);
});

test("a cache that has grown too large loses what was written first", () => {
  const folder = freshFolder();
  for (let n = 0; n < 11; n++) {
    writeFileSync(join(folder, `${n}`), "ten bytes.");
    utimesSync(join(folder, `${n}`), n, n);
  }
  sweepStore(folder, 110);
  assert.is(readdirSync(folder).length, 11);
  sweepStore(folder, 100);
  assert.equal(readdirSync(folder).sort(), ["10", "6", "7", "8", "9"]);
});

test("files that were compiled apart are one load afterwards, and what is compiled with others is found alone", async () => {
  const project = makeProject("commonjs", { "a.ts": `export const a = 1;`, "b.ts": `export const a = 2;`, "c.ts": `export const a = 3;` });
  await project.load(["a.ts"]);
  await project.load(["b.ts", "c.ts"]);
  for (const name of ["a.ts", "b.ts", "c.ts"]) {
    assert.is(await inProcess(project, name, project.cache, WITHOUT_ESBUILD), ["a.ts", "b.ts", "c.ts"].indexOf(name) + 1);
  }
  const kept = readdirSync(project.cache);
  assert.is(kept.length, 2);
  await project.load(["a.ts", "b.ts", "c.ts"]);
  assert.equal(readdirSync(project.cache), kept);
});

test("what an import leads to that was not there is looked for again, however the file was compiled", async () => {
  const project = makeProject("module", { "a.ts": `export { a } from "@app/b";`, "c.ts": `export const c = 1;`, "tsconfig.json": `{ "compilerOptions": { "paths": { "@app/*": ["./src/*"] } } }` });
  await failure(project.load(["c.ts", "a.ts"]));
  project.write({ "src/b.ts": `export const a = 1;` });
  assert.is(await inProcess(project, "a.ts", project.cache), 1);
  assert.is((await project.load(["c.ts", "a.ts"]))[1]!.exports["a"], 1);
  assert.is(await inProcess(project, "a.ts", project.cache, WITHOUT_ESBUILD), 1);
});

test("the files that a module follows from are told", async () => {
  const project = makeProject("module", { "a.ts": `import "./b"; import d from "./d.json"; import "p"; export { d };`, "b.ts": "", "d.json": "1", "tsconfig.json": `{ "extends": "./base.json" }`, "base.json": "{}", "node_modules/p/package.json": "{}", "node_modules/p/index.js": "" });
  const [a] = await project.load(["a.ts"]);
  const own = a!.inputs.filter((path) => path.startsWith(project.root)).map((path) => path.slice(project.root.length + 1));
  assert.equal([...own].sort(), ["a.ts", "b.ts", "base.json", "d.json", "node_modules/p/package.json", "package.json", "tsconfig.json"]);
});

test.run();
