import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findViolations, type Rules } from "./architecture/find-violations.js";
import { findMisshapen } from "./architecture/find-misshapen.js";
import type { House, PackageRooms } from "./architecture/house.js";
import { ROOT } from "./support/find-tests.js";

const test = suite("architecture");

const PURE = ["revision", "schema", "graph", "operation", "plan", "merge", "autogenerate/compare", "autogenerate/render"];
const RIM = ["load", "git", "config", "directory", "project", "database", "runner", "autogenerate/models"];

/** Who may import whom, level by level; rooms of one level never import each other. Change it with a reason, here and in the design. */
const HOUSE: House = {
  "errors.ts": { imports: [], pure: true },
  "version.ts": { imports: [], pure: true },
  // Mistyped names are met in graphs and in configurations.
  "nearest.ts": { imports: [], pure: true },
  // What a full disk or a missing permission says is the same whoever writes.
  "write-failed.ts": { imports: ["errors.ts"] },
  load: { imports: ["errors.ts"] },

  revision: { imports: ["errors.ts"], pure: true },
  schema: { imports: ["errors.ts"], pure: true },
  git: { imports: ["errors.ts", "write-failed.ts"] },
  config: { imports: ["errors.ts", "nearest.ts", "load"] },

  graph: { imports: ["errors.ts", "nearest.ts", "revision"], pure: true },
  operation: { imports: ["errors.ts", "schema"], pure: true },
  directory: { imports: ["errors.ts", "write-failed.ts", "revision", "load"] },
  project: { imports: ["errors.ts", "write-failed.ts", "load"] },
  database: { imports: ["errors.ts", "write-failed.ts", "revision", "schema"] },

  plan: { imports: ["errors.ts", "graph", "revision"], pure: true },
  merge: { imports: ["errors.ts", "graph", "schema", "operation"], pure: true },
  "autogenerate/models": { imports: ["errors.ts", "schema", "load"] },
  "autogenerate/compare": { imports: ["errors.ts", "schema", "operation"], pure: true },
  "autogenerate/render": { imports: ["errors.ts", "operation", "revision", "schema"], pure: true },

  runner: { imports: ["errors.ts", "plan", "revision", "database"] },

  workflow: { imports: ["errors.ts", "version.ts", "write-failed.ts", ...PURE, ...RIM] },

  cli: { imports: ["errors.ts", "version.ts", "workflow", "config"], types: "*" },
  "index.ts": { imports: ["errors.ts", "workflow", "config", ...PURE] },
};

const PACKAGES: PackageRooms = {
  esbuild: ["load"],
  "isomorphic-git": ["git"],
  knex: ["database"],
  pg: ["database"],
  "@electric-sql/pglite": ["database"],
  "libpg-query": ["database"],
  objection: ["autogenerate/models"],
  yaml: ["project"],
  "any-ascii": ["workflow"],
  clipanion: ["cli"],
  "@clack/prompts": ["cli"],
};

const RULES: Rules = {
  house: HOUSE,
  packages: PACKAGES,
  computed: ["load", "database"], // the user's modules, the user's own copy of a driver
  entry: "cli/main.ts",
  lockFile: "database/embedded-lock.ts",
};

test("src follows the table", () => {
  const sources = read("src");
  assert.ok(sources.size > 0);
  assert.equal(findViolations(sources, RULES), []);
});

test("no file of src, test or bench is long or has a name that says nothing", () => {
  const folders = ["src", "test", "bench"].filter((folder) => existsSync(join(ROOT, folder)));
  const sources = folders.flatMap((folder) => [...read(folder)].map(([file, text]) => [`${folder}/${file}`, text] as const));
  assert.equal(findMisshapen(new Map(sources)), []);
});

test("the table has no arrow up or sideways", () => {
  const rooms = Object.keys(HOUSE);
  for (const [index, room] of rooms.entries()) {
    for (const other of HOUSE[room]?.imports ?? []) assert.ok(rooms.indexOf(other) < index, `${room} → ${other}`);
  }
});

/** A file, its text, and what must be said about it. */
const SAMPLES: readonly (readonly [file: string, text: string, violation: string | undefined])[] = [
  ["graph/a.ts", `import { b } from "../revision/b.js"; import { c } from "./c.js"; import { GmigError } from "../errors.js";`, undefined],
  ["graph/a.ts", `import { b } from "../plan/b.js";`, "imports plan"],
  ["graph/a.ts", `import { b } from "../operation/b.js";`, "imports operation"],
  ["graph/a.ts", `import type { B } from "../plan/b.js";`, "imports plan"],
  ["graph/a.ts", `export { b } from "../plan/b.js";`, "imports plan"],
  ["graph/a.ts", `export * from "../plan/b.js";`, "imports plan"],
  ["graph/a.ts", `export type { B } from "../plan/b.js";`, "imports plan"],
  ["graph/a.ts", `let b: import("../plan/b.js").B;`, "imports plan"],
  ["graph/a.ts", `const b = await import("../plan/b.js");`, "imports plan"],
  ["graph/a.ts", `import b = require("../plan/b.js");`, "imports plan"],
  ["graph/a.ts", `const text = 'import { b } from "../plan/b.js"'; // import "../plan/b.js"`, undefined],
  ["autogenerate/compare/a.ts", `import { b } from "../models/b.js";`, "imports autogenerate/models"],
  ["autogenerate/compare/a.ts", `import { b } from "../render/b.js";`, "imports autogenerate/render"],
  ["autogenerate/a.ts", ``, "lies in no folder of the table"],
  ["elsewhere/a.ts", ``, "lies in no folder of the table"],
  ["directory/a.ts", `import { b } from "../../test/b.js";`, "imports ../../test/b.js"],
  ["cli/a.ts", `import type { B } from "../graph/b.js";`, undefined],
  ["cli/a.ts", `import { B } from "../graph/b.js";`, "imports graph"],
  ["workflow/a.ts", `import { b } from "../cli/b.js";`, "imports cli"],
  ["index.ts", `export { b } from "./graph/b.js"; export { c } from "./workflow/c.js";`, undefined],
  ["index.ts", `export { b } from "./database/b.js";`, "imports database"],
  ["plan/a.ts", `import { createHash } from "node:crypto";`, undefined],
  ["plan/a.ts", `import { createHash, randomBytes } from "node:crypto";`, "imports node:crypto"],
  ["plan/a.ts", `import * as hashes from "node:crypto";`, "imports node:crypto"],
  ["plan/a.ts", `import { join } from "node:path";`, "imports node:path"],
  ["plan/a.ts", `import type { Knex } from "knex";`, "imports knex"],
  ["plan/a.ts", `Date.now();`, "uses Date.now"],
  ["plan/a.ts", `new Date();`, "uses new Date()"],
  ["plan/a.ts", `new Date(0); const f = (x: Date) => x;`, undefined],
  ["plan/a.ts", `Math.random();`, "uses Math.random"],
  ["plan/a.ts", `console.log(1);`, "uses console"],
  ["plan/a.ts", `export const a = (process);`, "uses process"],
  ["database/a.ts", `new Date(); import { readFile } from "node:fs/promises"; import knex from "knex";`, undefined],
  ["database/a.ts", `process.cwd();`, "uses process"],
  ["database/a.ts", `const f = () => ({ process });`, "uses process"],
  ["database/a.ts", `const { env } = process;`, "uses process"],
  ["database/a.ts", `child.process; const o = { process: 1 }; type T = typeof child.process; class C { process = 1 }`, undefined],
  ["database/a.ts", `child[process]; type T = typeof process.env;`, "uses process"],
  ["database/a.ts", `import { cwd } from "node:process";`, "imports node:process"],
  ["cli/main.ts", `process.exitCode = 1;`, undefined],
  ["cli/other.ts", `process.exitCode = 1;`, "uses process"],
  ["runner/a.ts", `import type { Knex } from "knex";`, undefined],
  ["runner/a.ts", `import knex from "knex";`, "imports knex"],
  ["runner/a.ts", `import { x } from "@electric-sql/pglite/node-postgres";`, "imports @electric-sql/pglite/node-postgres"],
  ["runner/a.ts", `import(name);`, "computes what it imports"],
  ["load/a.ts", `import(name);`, undefined],
  ["runner/a.ts", `throw new Error("no");`, "uses throw new Error"],
  ["runner/a.ts", `throw new GmigError("INTERNAL", "no");`, undefined],
  ["runner/a.ts", `const f = (x: any) => x;`, "uses any"],
  ["runner/a.ts", `f(x as any);`, "uses any"],
  ["runner/a.ts", `const any = 1; // any`, undefined],
];

for (const [file, text, violation] of SAMPLES) {
  test(`${file}: ${text}`, () => {
    assert.equal(findViolations(new Map([[file, text]]), RULES), violation === undefined ? [] : [`${file} ${violation}`]);
  });
}

test("a cycle is found over three files, unless a type closes it", () => {
  const sources = (link: string) =>
    new Map([
      ["graph/start.ts", `import "./a.js";`],
      ["graph/a.ts", `import "./b.js";`],
      ["graph/b.ts", link],
      ["graph/c.ts", `export * from "./a.js";`],
    ]);
  const cycle = "graph/a.ts imports itself: graph/a.ts → graph/b.ts → graph/c.ts → graph/a.ts";
  assert.equal(findViolations(sources(`import { c, type C } from "./c.js";`), RULES), [cycle]);
  assert.equal(findViolations(sources(`export const c = () => import("./c.js");`), RULES), [cycle]);
  assert.equal(findViolations(sources(`import type { C } from "./c.js";`), RULES), []);
});

test("long files and empty names are found, in files and folders", () => {
  const long = new Map([["src/a.ts", "\n".repeat(301)], ["src/b.ts", "\n".repeat(300)]]);
  assert.equal(findMisshapen(long), ["src/a.ts has 301 lines, more than 300"]);
  for (const file of ["src/utils.ts", "src/helpers/a.ts", "test/common.test.ts", "src/core/a.ts", "src/graph/types.ts", "src/shared.ts", "src/misc.ts", "src/constants.ts"]) {
    assert.is(findMisshapen(new Map([[file, ""]])).length, 1, file);
  }
  assert.equal(findMisshapen(new Map([["src/schema/type.ts", ""], ["src/core-graph.ts", ""]])), []);
});

/** The TypeScript below this folder, by path below it. */
function read(folder: string): ReadonlyMap<string, string> {
  const top = join(ROOT, folder);
  const files = readdirSync(top, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith(".ts"));
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => !path.includes(`${sep}fixtures${sep}`));
  return new Map(paths.map((path) => [relative(top, path).replaceAll(sep, "/"), readFileSync(path, "utf8")]));
}

test.run();
