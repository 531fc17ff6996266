import { realpathSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failure } from "./failure.js";
import { PROJECT_TYPES, installReal, makeProject } from "./project.js";

const test = suite("load: packages");

const DUAL = {
  "node_modules/dual/package.json": JSON.stringify({ name: "dual", exports: { ".": { import: "./i.mjs", require: "./r.cjs" }, "./sub": { import: "./i.mjs", require: "./r.cjs" } } }),
  "node_modules/dual/i.mjs": `export const way = "import";`,
  "node_modules/dual/r.cjs": `exports.way = "require";`,
};

for (const type of PROJECT_TYPES) {
  test(`a package is the one that the file's own kind of import finds (${type})`, async () => {
    const project = makeProject(type, {
      ...DUAL,
      "a.ts": `import { way } from "dual"; import { way as sub } from "dual/sub"; export const ways = [way, sub, require("dual").way]; export const later = async () => (await import("dual")).way;`,
      "b.mts": `import { way } from "dual"; export const ways = [way, require("dual").way];`,
      "c.cts": `import { way } from "dual"; export const ways = [way];`,
    });
    const [a, b, c] = await project.load(["a.ts", "b.mts", "c.cts"]);
    const own = type === "module" ? "import" : "require";
    assert.equal(a!.exports["ways"], [own, own, "require"]);
    assert.is(await (a!.exports["later"] as () => Promise<string>)(), "import");
    assert.equal(b!.exports["ways"], ["import", "require"]);
    assert.equal(c!.exports["ways"], ["require"]);
  });

  test(`a package is looked for from the file's folder, and its instance is the one that Node gives (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `import { own } from "a-package"; export const a = own;`,
      "deep/b.ts": `import { own } from "a-package"; export const a = own;`,
      "node_modules/a-package/package.json": `{ "name": "a-package", "main": "./index.js" }`,
      "node_modules/a-package/index.js": `exports.own = { place: "outer" };`,
      "deep/node_modules/a-package/package.json": `{ "name": "a-package", "main": "./index.js" }`,
      "deep/node_modules/a-package/index.js": `exports.own = { place: "deep" };`,
    });
    const [a, b] = await project.load(["a.ts", "deep/b.ts"]);
    assert.is(a!.exports["a"], (createRequire(project.path("x.js"))("a-package") as { own: object }).own);
    assert.is(b!.exports["a"], (createRequire(project.path("deep/x.js"))("a-package") as { own: object }).own);
    assert.is.not(a!.exports["a"], b!.exports["a"]);
  });

  test(`knex, objection and pg are the project's own (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `import knex, { type Knex } from "knex"; import { Model, raw } from "objection"; import pg from "pg"; import { Client } from "pg";
        export class User extends Model { static tableName = "users"; id!: number; }
        export const db: Knex = knex({ client: "pg" }); export const sql = db("users").where({ id: 1 }).toString(); export const all = { Model, raw, Client, Pool: pg.Pool };`,
      "b.cjs": `const { Model } = require("objection"); const knex = require("knex"); module.exports = { Model, knex };`,
    });
    installReal(project, ["knex", "objection", "pg"]);
    const [a, b] = await project.load(["a.ts", "b.cjs"]);
    const require = createRequire(project.path("x.js"));
    const objection = require("objection") as { Model: object };
    const pg = require("pg") as { Client: object; Pool: object };
    const all = a!.exports["all"] as Record<string, unknown>;
    assert.is(a!.exports["sql"], `select * from "users" where "id" = 1`);
    assert.is(all["Model"], objection.Model);
    assert.is(all["Client"], pg.Client);
    assert.is(all["Pool"], pg.Pool);
    assert.is(b!.exports["Model"], objection.Model);
    assert.is(b!.exports["knex"], require("knex"));
  });

  test(`Node's own modules, with and without prefix, JSON of a package, and a package of ES modules alone (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `import fs from "fs"; import { join } from "node:path"; import { setTimeout as wait } from "timers/promises"; import { test } from "node:test"; import manifest from "esm/package.json"; import { only } from "esm";
        export const a = [typeof fs.readFileSync, join("x", "y"), typeof wait, typeof test, manifest.version, only];`,
      "node_modules/esm/package.json": JSON.stringify({ name: "esm", version: "1.2.3", type: "module", exports: { ".": "./index.js", "./package.json": "./package.json" } }),
      "node_modules/esm/index.js": `export const only = "esm";`,
    });
    assert.equal((await project.exports("a.ts"))["a"], ["function", "x/y", "function", "function", "1.2.3", "esm"]);
  });

  test(`JavaScript of a linked workspace package is Node's, TypeScript beside it is compiled (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `import { js } from "ws/js"; import { ts } from "ws/ts"; import alias from "@/plain"; export const a = [js, ts, alias];`,
      "workspace/package.json": JSON.stringify({ name: "ws", type: "module", exports: { "./js": "./js.js", "./ts": "./ts.ts" } }),
      "workspace/js.js": `export const js = import.meta.url;`,
      "workspace/ts.ts": `import { js } from "./js.js"; export const ts: string = js;`,
      "src/plain.js": type === "module" ? "export default 1;" : "module.exports = 1;",
      "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }`,
      "node_modules/readme.md": "",
    });
    symlinkSync(project.path("workspace"), project.path("node_modules/ws"));
    const url = pathToFileURL(project.path("workspace/js.js")).href;
    assert.equal((await project.exports("a.ts"))["a"], [url, url, 1]);
  });

  test(`a package that isn't there is an error where it is imported, by name, file and line (${type})`, async () => {
    const project = makeProject(type, { "src/a.ts": `import "./b";`, "src/b.ts": `// from "absent"\nimport { nothing } from "@org/absent/deep";\nexport const a = nothing;` });
    for (const _ of ["compiled", "and kept"]) {
      const error = await failure(project.load(["src/a.ts"]));
      assert.is(error.code, "CONFIG_INVALID");
      assert.is(error.message, `Package "@org/absent/deep" is not found, which src/b.ts:2 imports`);
      assert.is(error.hint, "npm install @org/absent");
      assert.is(error.data["line"], 2);
    }
    project.write({ "node_modules/@org/absent/package.json": `{ "name": "@org/absent" }`, "node_modules/@org/absent/deep.js": `exports.nothing = "something";` });
    assert.ok(await project.load(["src/a.ts"]));
  });

  test(`a package that may be missing is asked for when it is reached (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `let native; try { native = require("maybe"); } catch (error) { native = (error as any).code; }
        export const first = native;
        export const imported = () => import("maybe").then((m) => m.it, (error) => error.code);
        export const never = () => require("never-there");`,
    });
    const a = await project.exports("a.ts");
    assert.is(a["first"], "MODULE_NOT_FOUND");
    assert.is(await (a["imported"] as () => Promise<unknown>)(), "ERR_MODULE_NOT_FOUND");
    assert.throws(a["never"] as () => unknown, /Cannot find module 'never-there'/);
    project.write({ "node_modules/maybe/package.json": `{ "name": "maybe", "main": "i.js" }`, "node_modules/maybe/i.js": `exports.it = 1;` });
    const again = await project.exports("a.ts");
    assert.equal({ ...(again["first"] as object) }, { it: 1 });
    assert.is(await (again["imported"] as () => Promise<unknown>)(), 1);
  });
}

test("what a package itself lacks, and what it does not export, is told too", async () => {
  const project = makeProject("module", {
    "a.ts": `import "hollow";`,
    "b.ts": `import { nothing } from "dual"; export const b = nothing;`,
    "c.ts": `import { nothing } from "./d"; export const c = nothing;`,
    "d.ts": `export {};`,
    "node_modules/hollow/index.js": `require("deeper");`,
    ...DUAL,
  });
  assert.match((await failure(project.load(["a.ts"]))).message, /^a\.ts can't be loaded: Cannot find module 'deeper'/);
  assert.match((await failure(project.load(["b.ts"]))).message, /^b\.ts can't be loaded: The requested module '.*dual\/i\.mjs' does not provide an export named 'nothing' \(b\.ts:1:\d+\)$/);
  assert.match((await failure(project.load(["c.ts"]))).message, /^c\.ts can't be loaded: The requested module 'd\.ts' does not provide an export named 'nothing' \(c\.ts:1:\d+\)$/);
});

test("a package that has moved is found again", async () => {
  const project = makeProject("commonjs", {
    "a.ts": `import { it } from "moving"; export const a = it;`,
    "store/one/node_modules/moving/package.json": `{ "name": "moving" }`,
    "store/one/node_modules/moving/index.js": `exports.it = 1;`,
    "store/two/node_modules/moving/package.json": `{ "name": "moving" }`,
    "store/two/node_modules/moving/index.js": `exports.it = 2;`,
    "node_modules/readme.md": "",
  });
  symlinkSync(project.path("store/one/node_modules/moving"), project.path("node_modules/moving"));
  assert.is((await project.exports("a.ts"))["a"], 1);
  rmSync(project.path("node_modules/moving"));
  rmSync(project.path("store/one"), { recursive: true });
  symlinkSync(project.path("store/two/node_modules/moving"), project.path("node_modules/moving"));
  assert.is((await project.exports("a.ts"))["a"], 2);
  assert.is(realpathSync(project.path("node_modules/moving")), project.path("store/two/node_modules/moving"));
});

test.run();
