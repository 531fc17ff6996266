import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PROJECT_TYPES, type ProjectType, makeProject } from "./project.js";

const test = suite("load: the language");

interface Case {
  readonly name: string;
  /** The first file is the one that is loaded. */
  readonly files: Readonly<Record<string, string>>;
  readonly gives: Readonly<Record<string, unknown>>;
  readonly types?: readonly ProjectType[];
}

const CASES: readonly Case[] = [
  {
    name: "types are dropped, and imports of types with them",
    files: {
      "a.ts": `import type { Nothing } from "nowhere-at-all"; import { Shape } from "./shape"; export const a: Shape & Nothing = { b: 1 } as any;`,
      "shape.ts": `export interface Shape { b: number }`,
    },
    gives: { a: { b: 1 } },
  },
  {
    name: "enums, also constant ones from another file",
    files: {
      "a.ts": `import { Size } from "./size"; enum Colour { Red, Green = "g" } export const a = [Colour.Red, Colour[0], Colour.Green, Size.Large];`,
      "size.ts": `export const enum Size { Small, Large }`,
    },
    gives: { a: [0, "Red", "g", 1] },
  },
  {
    name: "namespaces",
    files: { "a.ts": `namespace Outer { export namespace Inner { export const deep = 1 } } namespace Outer { export const more = Inner.deep + 1 } export const a = Outer.more;` },
    gives: { a: 2 },
  },
  {
    name: "a class that speaks of itself has its own name, from its first line on",
    files: {
      "a.ts": `import { Base } from "./base"; export default class Tag extends Base { static again = () => Tag; static copy = this.table } class Note extends Base { static own = Note.name }
        function named() { { function named() {} return named.name } } export const a = [Tag.table, Tag.copy, Note.table, Note.own, named(), class { static self = this }.self.name];`,
      "base.ts": `export class Base { static known: unknown = [() => Base]; static get table() { return this.name.toLowerCase() + "s" } }`,
    },
    gives: { a: ["tags", "tags", "notes", "Note", "named", ""] },
  },
  {
    name: "parameter properties",
    files: { "a.ts": `class Point { constructor(readonly x: number, private y = 2) {} sum() { return this.x + this.y } } export const a = new Point(1).sum();` },
    gives: { a: 3 },
  },
  {
    name: "decorators as the project's own tsconfig has them",
    files: {
      "a.ts": `const seen: unknown[] = []; function mark(target: object, key?: string) { seen.push(typeof target, key) } class A { @mark field = 1 } export const a = seen;`,
      "tsconfig.json": `{ "compilerOptions": { "experimentalDecorators": true } }`,
    },
    gives: { a: ["object", "field"] },
  },
  {
    name: "standard decorators where no tsconfig asks for the old ones",
    files: { "a.ts": `const seen: unknown[] = []; function mark(_: unknown, context: { kind: string; name: string }) { seen.push(context.kind, context.name) } class A { @mark field = 1 } export const a = seen;` },
    gives: { a: ["field", "field"] },
  },
  {
    name: "class fields as the project's target has them: declared ones are left undefined, or unset",
    files: {
      "a.ts": `class Row { id!: number } export const a = Object.keys(new Row());`,
      "tsconfig.json": `{ "compilerOptions": { "target": "es2020" } }`,
    },
    gives: { a: [] },
  },
  {
    name: "import x = require()",
    files: { "a.ts": `import path = require("path"); import own = require("./own.cjs"); export const a = [path.posix.join("x", "y"), own.z];`, "own.cjs": `exports.z = 1;` },
    gives: { a: ["x/y", 1] },
  },
  { name: "export =", files: { "a.cts": `const whole = { b: 1 }; export = whole;` }, gives: { b: 1, default: { b: 1 } } },
  { name: "export = in a file that would be an ES module", files: { "a.ts": `export = { b: 1 };` }, gives: { b: 1, default: { b: 1 } } },
  { name: "satisfies, as const, non-null, overloads, abstract classes, this types, assertions", files: {
    "a.ts": `abstract class Base { abstract n(): number; self(): this { return this } } class Own extends Base { n() { return 1 } }
      function over(a: string): string; function over(a: number): number; function over(a: any) { return a }
      const o = { k: "v" } as const satisfies Record<string, string>; declare const never: string;
      export const a = [new Own().self()!.n(), over(2), o.k, (<any>3) as number];` }, gives: { a: [1, 2, "v", 3] } },
  { name: "named and default exports", files: { "a.ts": `export const up = 1; export default { down: 2 };` }, gives: { up: 1, default: { down: 2 } } },
  { name: "re-exports", files: { "a.ts": `export * from "./b"; export * as all from "./b"; export { b as c } from "./b";`, "b.ts": `export const b = 1;` }, gives: { b: 1, c: 1 } },
  { name: ".mts", files: { "a.mts": `import { b } from "./b.mjs"; export const a = b;`, "b.mts": `export const b: number = 1;` }, gives: { a: 1 } },
  { name: ".cts", files: { "a.cts": `import b = require("./b.cjs"); export const a = b.b;`, "b.cts": `export const b: number = 1;` }, gives: { a: 1 } },
  { name: ".mjs", files: { "a.mjs": `import { b } from "./b.mjs"; export const a = b;`, "b.mjs": `export const b = 1;` }, gives: { a: 1 } },
  { name: ".cjs", files: { "a.cjs": `exports.a = require("./b.cjs").b;`, "b.cjs": `exports.b = 1;` }, gives: { a: 1 } },
  { name: ".js with import and export", files: { "a.js": `import { b } from "./b.js"; export const a = b;`, "b.js": `export const b = 1;` }, gives: { a: 1 } },
  { name: ".js with exports.…", files: { "a.js": `exports.up = 1; exports.down = 2;` }, gives: { up: 1, down: 2, default: { up: 1, down: 2 } }, types: ["commonjs", "unsaid"] },
  { name: ".js with module.exports", files: { "a.js": `module.exports = { up: 1 };` }, gives: { up: 1, default: { up: 1 } }, types: ["commonjs", "unsaid"] },
  {
    name: "CommonJS that was compiled from an ES module",
    files: { "a.cjs": `"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.up = 1; exports.default = 2;` },
    gives: { up: 1, default: 2 },
  },
  { name: "top-level await", files: { "a.mts": `export const a = await Promise.resolve(1);` }, gives: { a: 1 } },
  { name: "top-level await in a file that would be CommonJS", files: { "a.ts": `import { b } from "./b"; export const a = await Promise.resolve(b);`, "b.ts": `export const b = 1;` }, gives: { a: 1 } },
  { name: "top-level await in what a file imports, and imports from there", files: { "a.ts": `export * from "./b"; export const a = 1;`, "b.ts": `import { c } from "./c"; export const b = c;`, "c.ts": `export const c = await Promise.resolve(2);` }, gives: { a: 1, b: 2 } },
  { name: "JSON", files: { "a.json": `{ "database": "x", "some": { "more": [1] } }` }, gives: { database: "x", default: { database: "x", some: { more: [1] } } } },
  { name: "sloppy CommonJS stays sloppy", files: { "a.cjs": `undeclared = 010; exports.a = [undeclared, (function () { return this === globalThis })()]; delete globalThis.undeclared;` }, gives: { a: [8, true] } },
  { name: "strict CommonJS stays strict", files: { "a.cjs": `#!/usr/bin/env node\n"use strict"; exports.a = [__filename.length > 0, (function () { return this })()];` }, gives: { a: [true, undefined] } },
  { name: "return at top level of CommonJS, and this", files: { "a.cjs": `this.a = 1; if (true) return; exports.b = 2;` }, gives: { a: 1 } },
  { name: "a byte order mark", files: { "a.ts": `\uFEFFexport const a = 1;` }, gives: { a: 1 } },
];

for (const { name, files, gives, types = PROJECT_TYPES } of CASES) {
  for (const type of types) {
    test(`${name} (${type})`, async () => {
      const [entry] = Object.keys(files);
      const exports = await makeProject(type, files).exports(entry!);
      for (const [key, value] of Object.entries(gives)) {
        assert.equal(exports[key], value, key);
      }
    });
  }
}

test("a class or a function as the whole of module.exports is the default, and its properties are seen", async () => {
  const project = makeProject("commonjs", { "a.js": `module.exports = class User {}; module.exports.tableName = "users";`, "b.js": `module.exports = () => 3;`, "c.js": `module.exports = 4;` });
  const [a, b, c] = await project.load(["a.js", "b.js", "c.js"]);
  assert.is((a!.exports["default"] as { name: string }).name, "User");
  assert.is(a!.exports["tableName"], "users");
  assert.is((b!.exports["default"] as () => number)(), 3);
  assert.is(c!.exports["default"], 4);
});

test.run();
