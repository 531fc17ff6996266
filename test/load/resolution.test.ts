import { symlinkSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PROJECT_TYPES, type ProjectType, makeProject } from "./project.js";

const test = suite("load: where imports lead");

interface Case {
  readonly name: string;
  /** The first file is the one that is loaded; it exports `a`. */
  readonly files: Readonly<Record<string, string>>;
  readonly gives: unknown;
  readonly types?: readonly ProjectType[];
}

const ALIASED = `import { b } from "@/deep/b"; import { c } from "c-alone"; export const a = [b, c];`;
const B = `export const b = "b";`;
const C = `export const c = "c";`;

const CASES: readonly Case[] = [
  { name: "without an extension", files: { "a.ts": `import { b } from "./b"; export const a = b;`, "b.ts": B }, gives: "b" },
  { name: "without an extension, from JavaScript", files: { "a.js": `import { b } from "./b"; export const a = b;`, "b.js": B }, gives: "b" },
  { name: ".js that is .ts", files: { "a.ts": `import { b } from "./b.js"; export const a = b;`, "b.ts": B }, gives: "b" },
  { name: ".mjs that is .mts", files: { "a.mts": `import { b } from "./b.mjs"; export const a = b;`, "b.mts": B }, gives: "b" },
  { name: ".ts as it is", files: { "a.ts": `import { b } from "./b.ts"; export const a = b;`, "b.ts": B }, gives: "b" },
  { name: "TypeScript before the JavaScript compiled beside it", files: { "a.ts": `import { b } from "./b"; export const a = b;`, "b.ts": B, "b.js": `export const b = "stale";` }, gives: "b" },
  { name: "a folder's index", files: { "a.ts": `import { b } from "./b"; import { c } from "./c/"; export const a = [b, c];`, "b/index.ts": B, "c/index.js": C }, gives: ["b", "c"] },
  { name: "its own folder's index, and the one above", files: { "x/y/a.ts": `import { b } from "."; import { c } from ".."; export const a = [b, c];`, "x/y/index.ts": B, "x/index.ts": C }, gives: ["b", "c"] },
  { name: "tsconfig paths without baseUrl", files: { "a.ts": ALIASED, "src/deep/b.ts": B, "c.ts": C, "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "c-alone": ["./c"] } } }` }, gives: ["b", "c"] },
  { name: "tsconfig paths with baseUrl", files: { "a.ts": ALIASED, "src/deep/b.ts": B, "src/c.ts": C, "tsconfig.json": `{ "compilerOptions": { "baseUrl": "src", "paths": { "@/*": ["./*"], "c-alone": ["c"] } } }` }, gives: ["b", "c"] },
  { name: "baseUrl alone", files: { "src/a.ts": `import { b } from "deep/b"; export const a = b;`, "src/deep/b.ts": B, "tsconfig.json": `{ "compilerOptions": { "baseUrl": "./src" } }` }, gives: "b" },
  {
    name: "tsconfig paths through a chain of extends, with comments and trailing commas",
    files: {
      "packages/app/a.ts": ALIASED,
      "packages/app/tsconfig.json": `{ // here\n "extends": "../../config/middle", }`,
      "config/middle.json": `{ /* there */ "extends": ["the-base/tsconfig.json"], "compilerOptions": {} }`,
      "config/node_modules/the-base/tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["../../../packages/app/src/*"], "c-alone": ["../../c.ts"] } } }`,
      "packages/app/src/deep/b.ts": B,
      "config/c.ts": C,
    },
    gives: ["b", "c"],
  },
  { name: "jsconfig paths", files: { "a.js": ALIASED, "src/deep/b.js": B, "c.js": C, "jsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./src/*"], "c-alone": ["./c.js"] } } }` }, gives: ["b", "c"] },
  { name: "JSON", files: { "a.ts": `import data, { n } from "./data.json"; import again from "./data.json" with { type: "json" }; export const a = [data, n, again.n];`, "data.json": `{ "n": 1 }` }, gives: [{ n: 1 }, 1, 1] },
  { name: "JSON by require", files: { "a.cjs": `exports.a = [require("./data.json"), require("./data")];`, "data.json": `[1]` }, gives: [[1], [1]] },
  {
    name: "a cycle",
    files: { "a.ts": `import { odd } from "./b"; export function even(n: number): boolean { return n === 0 || odd(n - 1) } export const a = even(4);`, "b.ts": `import { even } from "./a"; export function odd(n: number): boolean { return n !== 0 && even(n - 1) }` },
    gives: true,
  },
  { name: "a cycle by require", files: { "a.cjs": `exports.early = 1; const b = require("./b.cjs"); exports.late = 2; exports.a = b.seen().late;`, "b.cjs": `const a = require("./a.cjs"); exports.early = a.early; exports.seen = () => a;` }, gives: 2 },
  { name: "a neighbour by import()", files: { "a.mts": `export const a = await import("./b").then((m) => [m.b, m.default]);`, "b.ts": `export const b = "b"; export default "d";` }, gives: ["b", "d"], types: ["module"] },
  { name: "a neighbour by require of its name", files: { "20201020_a.cjs": `exports.a = require("./20201019_x").x;`, "20201019_x.cjs": `exports.x = "x";` }, gives: "x" },
  { name: "a TypeScript neighbour by require of its name", files: { "a.cjs": `exports.a = require("./20201019_x").x;`, "20201019_x.ts": `export const x: string = "x";` }, gives: "x" },
  { name: "a neighbour by require in a TypeScript file", files: { "a.ts": `const { b } = require("./b"); export const a = b;`, "b.ts": B }, gives: "b" },
  { name: "ES modules from CommonJS", files: { "a.cts": `import { b } from "./b.mjs"; export const a = b;`, "b.mts": B }, gives: "b" },
  { name: "CommonJS from ES modules", files: { "a.mts": `import whole, { b } from "./b.cjs"; export const a = [b, whole.b];`, "b.cjs": `exports.b = "b";` }, gives: ["b", "b"] },
  { name: "in the order that they are written, packages too", files: {
    "a.ts": `import "./first"; import "a-package"; import "./last"; export const a = (globalThis as any).order.splice(0);`,
    "first.ts": `((globalThis as any).order ??= []).push(1);`, "last.ts": `(globalThis as any).order.push(3);`,
    "node_modules/a-package/index.js": `globalThis.order.push(2);` }, gives: [1, 2, 3] },
  { name: "a computed require of a neighbour", files: { "a.ts": `const name = ["on", "e"].join(""); export const a = [require("./parts/" + name + ".ts").p, require(\`./parts/\${name}\`).p];`, "parts/one.ts": `export const p: string = __filename.slice(-6);`, "parts/read.me": `not code`, "parts/types.d.ts": "syntax error", "parts/node_modules/p/index.js": "syntax error" }, gives: ["one.ts", "one.ts"] },
  { name: "a computed import() of a neighbour", files: { "a.mts": `const name = ["on", "e"].join(""); export const a = (await import("./parts/" + name + ".mts")).p;`, "parts/one.mts": `export const p: string = await "tla";` }, gives: "tla" },
];

for (const { name, files, gives, types = PROJECT_TYPES } of CASES) {
  for (const type of types) {
    test(`${name} (${type})`, async () => {
      const exports = await makeProject(type, files).exports(Object.keys(files)[0]!);
      assert.equal(exports["a"], gives);
    });
  }
}

for (const type of PROJECT_TYPES) {
  test(`package.json imports (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `import { b } from "#internal"; import { c } from "#deep/c.js"; import p from "#package"; export const a = [b, c, p];`,
      "src/b.ts": B,
      "lib/c.ts": C,
      "node_modules/some-package/index.js": `module.exports = "p";`,
    });
    const manifest = { type, imports: { "#internal": "./src/b.ts", "#deep/*.js": "./lib/*.ts", "#package": "some-package" } };
    project.write({ "package.json": JSON.stringify(type === "unsaid" ? { ...manifest, type: undefined } : manifest) });
    assert.equal((await project.exports("a.ts"))["a"], ["b", "c", "p"]);
  });

  test(`workspace packages that lead to TypeScript, by symbolic link (${type})`, async () => {
    const project = makeProject(type, {
      "apps/api/a.ts": `import { shared } from "@org/shared"; import { deep } from "@org/shared/deep"; export const a = [shared, deep];`,
      "packages/shared/package.json": JSON.stringify({ name: "@org/shared", main: "./src/index.ts", exports: { ".": "./src/index.ts", "./deep": "./src/deep.ts" } }),
      "packages/shared/src/index.ts": `import { inner } from "./inner"; export const shared: string = inner;`,
      "packages/shared/src/inner.ts": `export const inner: string = "inner";`,
      "packages/shared/src/deep.ts": `export enum Deep { One = "one" } export const deep = Deep.One;`,
      "node_modules/@org/readme.md": "",
    });
    symlinkSync(project.path("packages/shared"), project.path("node_modules/@org/shared"));
    assert.equal((await project.exports("apps/api/a.ts"))["a"], ["inner", "one"]);
  });

  test(`import() of a neighbour gives its default, and runs it only then (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `export const later = async () => { const m = await import("./b"); return [m.b, m.default, (await import("./c.cjs")).default.c] };`,
      "b.ts": `((globalThis as any).ran ??= []).push("b"); export const b = 1; export default 2;`,
      "c.cjs": `exports.c = 3;`,
    });
    const { later } = (await project.exports("a.ts")) as { later: () => Promise<unknown> };
    assert.is((globalThis as { ran?: unknown }).ran, undefined);
    assert.equal(await later(), [1, 2, 3]);
    delete (globalThis as { ran?: unknown }).ran;
  });
}

test("one instance of what files of one call share, however they name it", async () => {
  const project = makeProject("commonjs", {
    "a.ts": `import { state } from "./shared"; state.push("a"); export { state };`,
    "b.mts": `import { state } from "./shared.js"; state.push("b"); export { state };`,
    "c.cjs": `const { state } = require("@/shared"); state.push("c"); exports.state = state;`,
    "shared.ts": `export const state: string[] = [];`,
    "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }`,
  });
  const [a, b, c] = await project.load(["a.ts", "b.mts", "c.cjs"]);
  assert.equal(a!.exports["state"], ["a", "b", "c"]);
  assert.is(a!.exports["state"], b!.exports["state"]);
  assert.is(a!.exports["state"], c!.exports["state"]);
});

test("one instance also of a file that another file of the call imports, and of what was compiled in earlier calls apart", async () => {
  const project = makeProject("module", {
    "a.ts": `import { state } from "./b"; export { state };`,
    "b.ts": `export const state: string[] = [];`,
    "c.ts": `export { state } from "./b";`,
  });
  await project.load(["a.ts"]);
  await project.load(["b.ts"]);
  await project.load(["c.ts"]);
  const [a, b, c] = await project.load(["a.ts", "b.ts", "c.ts"]);
  assert.is(a!.exports["state"], b!.exports["state"]);
  assert.is(a!.exports["state"], c!.exports["state"]);
});

test.run();
