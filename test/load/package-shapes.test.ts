import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makeProject } from "./project.js";

const test = suite("load: packages of every shape");

/** Each file of a package says its own name, in its own language, so what is imported tells how the package was resolved. */
const FILES = ["one.cjs", "two.cjs", "three.mjs", "four.mjs", "index.js", "lib/index.js", "lib/deep.js", "nested/index.js"];

const SHAPES: Readonly<Record<string, object>> = {
  "nothing at all": {},
  "a main": { main: "./one.cjs" },
  "a main without extension, of a folder": { main: "lib" },
  "a main and what only bundlers read": { main: "./one.cjs", module: "./three.mjs", browser: "./two.cjs", "jsnext:main": "./four.mjs" },
  "only what bundlers read": { module: "./three.mjs", browser: "./two.cjs" },
  "one export": { exports: "./one.cjs", main: "./two.cjs" },
  "import and require": { exports: { import: "./three.mjs", require: "./one.cjs" } },
  "require before import": { exports: { require: "./one.cjs", import: "./three.mjs" } },
  "conditions of bundlers first": { exports: { module: "./four.mjs", browser: "./two.cjs", development: "./two.cjs", production: "./two.cjs", import: "./three.mjs", default: "./one.cjs" } },
  "module-sync first": { exports: { "module-sync": "./four.mjs", import: "./three.mjs", default: "./one.cjs" } },
  "node and addons": { exports: { "node-addons": "./two.cjs", node: "./one.cjs", default: "./index.js" } },
  "conditions within conditions": { exports: { ".": { node: { import: "./three.mjs", require: "./one.cjs" }, default: "./two.cjs" } } },
  "the first of several that is allowed": { exports: { ".": ["./one.cjs", "./two.cjs"] } },
};

for (const [name, manifest] of Object.entries(SHAPES)) {
  test(`${name}: what Node finds is found`, async () => {
    const project = makeProject("unsaid", {
      "a.mts": `import * as found from "shaped"; export const it = { ...found };`,
      "a.cts": `import found = require("shaped"); export const it = { ...found };`,
      "native.mjs": `import * as found from "shaped"; export const it = { ...found };`,
      "node_modules/shaped/package.json": JSON.stringify({ name: "shaped", ...manifest }),
      ...Object.fromEntries(FILES.map((file) => [`node_modules/shaped/${file}`, file.endsWith(".mjs") ? `export const name = "${file}";` : `exports.name = "${file}";`])),
    });
    const [byImport, byRequire] = await project.load(["a.mts", "a.cts"]);
    const native = (await import(pathToFileURL(project.path("native.mjs")).href)) as { it: { name: string } };
    const required = createRequire(project.path("x.js"))("shaped") as { name: string };
    assert.is((byImport!.exports["it"] as { name: string }).name, native.it.name);
    assert.is((byRequire!.exports["it"] as { name: string }).name, required.name);
  });
}

test("files within a package, by name and by pattern", async () => {
  const project = makeProject("module", {
    "a.ts": `import deep from "open/lib/deep.js"; import shortened from "open/lib/deep"; import matched from "closed/parts/deep"; export const names = [deep.name, shortened.name, matched.name];`,
    "node_modules/open/package.json": JSON.stringify({ name: "open" }),
    "node_modules/open/lib/deep.js": `exports.name = "open";`,
    "node_modules/closed/package.json": JSON.stringify({ name: "closed", exports: { "./parts/*": "./lib/*.js", "./parts/hidden": null } }),
    "node_modules/closed/lib/deep.js": `exports.name = "closed";`,
  });
  assert.equal((await project.exports("a.ts"))["names"], ["open", "open", "closed"]);
});

test.run();
