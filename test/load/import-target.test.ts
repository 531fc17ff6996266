import { basename, dirname } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type ResolvedImport, importTarget } from "../../src/load/import-target.js";
import { manifestOf, packageOf, possibleManifests } from "../../src/load/installed-package.js";
import { formatOf } from "../../src/load/module-format.js";
import { isOutputName, outputPath } from "../../src/load/output-name.js";

const test = suite("load: what an import leads to");

const CASES: readonly (readonly [string, Partial<ResolvedImport>, "module" | "data" | "file"])[] = [
  ["a neighbour", { specifier: "./b", path: "/p/b.js" }, "module"],
  ["a package", { specifier: "pg", path: "/p/node_modules/pg/lib/index.js", packageName: "pg" }, "file"],
  ["a package of another folder", { specifier: "pg", path: "/node_modules/pg/lib/index.js", packageName: "pg" }, "file"],
  ["a package by a relative path", { specifier: "./node_modules/pg/lib/index.js", path: "/p/node_modules/pg/lib/index.js", packageName: "pg" }, "file"],
  ["a linked workspace package in JavaScript", { specifier: "@org/ws/x", path: "/ws/x.js", packageName: "@org/ws" }, "file"],
  ["a linked workspace package in TypeScript", { specifier: "@org/ws/x", path: "/ws/x.ts", packageName: "@org/ws" }, "module"],
  ["the project by its own name", { specifier: "p/x", path: "/p/x.js", packageName: "p" }, "file"],
  ["an alias", { specifier: "@/x", path: "/p/src/x.js", packageName: "p" }, "module"],
  ["an alias that looks like a package", { specifier: "@app/x", path: "/p/src/x.js", packageName: "p" }, "module"],
  ["an internal import", { specifier: "#x", path: "/p/src/x.js", packageName: "p" }, "module"],
  ["an internal import of a package", { specifier: "#x", path: "/p/node_modules/x/i.js", packageName: "x" }, "file"],
  ["TypeScript in a package", { specifier: "x", path: "/p/node_modules/x/i.ts", packageName: "x" }, "module"],
  ["JavaScript beside TypeScript in a package", { specifier: "./j", importer: "/p/node_modules/x/i.ts", path: "/p/node_modules/x/j.js", packageName: "x" }, "module"],
  ["a package of a package", { specifier: "y", importer: "/p/node_modules/x/i.ts", path: "/p/node_modules/y/i.js", packageName: "y" }, "file"],
  ["JSON", { specifier: "./x.json", path: "/p/x.json" }, "data"],
  ["JSON of a package", { specifier: "x/package.json", path: "/p/node_modules/x/package.json", packageName: "x" }, "data"],
  ["a native addon", { specifier: "./x.node", path: "/p/x.node" }, "file"],
  ["a file of no language", { specifier: "./x.sql", path: "/p/x.sql" }, "file"],
];

for (const [name, given, target] of CASES) {
  test(`${name} is a ${target}`, () => {
    assert.is(importTarget({ specifier: "", importer: "/p/a.ts", path: "", packageName: undefined, ...given }), target);
  });
}

test("the package that a specifier names", () => {
  const names = ["pg", "pg/lib/x", "@org/a", "@org/a/b/c", "@/x", "#x", "./x", "/x", "..", "node:fs"].map(packageOf);
  assert.equal(names, ["pg", "pg", "@org/a", "@org/a", undefined, undefined, undefined, undefined, undefined, "node:fs"]);
});

test("the package.json of an installed file is that of its package, not one further in", () => {
  assert.is(manifestOf("/p/node_modules/@org/a/dist/esm/i.js"), "/p/node_modules/@org/a/package.json");
  assert.is(manifestOf("/p/node_modules/.pnpm/a@1/node_modules/a/i.js"), "/p/node_modules/.pnpm/a@1/node_modules/a/package.json");
  assert.is(manifestOf("/p/src/i.js"), undefined);
  assert.equal(possibleManifests("@org/a/x", "/p/q/i.js"), ["/p/q/node_modules/@org/a/package.json", "/p/node_modules/@org/a/package.json", "/node_modules/@org/a/package.json"]);
  assert.equal(possibleManifests("@/x", "/p/q/i.js"), []);
});

test("a file's format follows from its extension, else from its package", () => {
  const formats = ["a.mts", "a.cts", "a.mjs", "a.cjs", "a.ts", "a.js"].map((name) => [formatOf(name, "module"), formatOf(name, "commonjs"), formatOf(name, undefined)]);
  assert.equal(formats, [["esm", "esm", "esm"], ["cjs", "cjs", "cjs"], ["esm", "esm", "esm"], ["cjs", "cjs", "cjs"], ["esm", "cjs", "cjs"], ["esm", "cjs", "cjs"]]);
});

test("a compiled file's name is legible, needs no escaping, tells its source, and is known again", () => {
  for (const source of ["/p/20261121_add users.ts", "/p/#?%20 é雪'\"`.mts", `/p/${"long".repeat(90)}.js`, "/p/.hidden", "/p/a.b.c.ts"]) {
    const path = outputPath("0123456789abcdef", source);
    assert.is(dirname(path), "/p");
    assert.match(basename(path), /^[\w.-]{1,100}$/);
    assert.ok(isOutputName(basename(path)));
    assert.is.not(basename(path), basename(outputPath("0123456789abcdef", source.replace("/p/", "/q/"))));
  }
  assert.not(isOutputName("knex.js"));
  assert.not(isOutputName("0123456789abcdef-a-01234567.js"));
});

test.run();
