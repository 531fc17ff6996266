import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PROJECT_TYPES, makeProject } from "./project.js";

const test = suite("load: a file's own place");

/** Every name here is one that some step between source and module could misread. */
const ODD = `o dd #1 %20 ?x 'y' "z" \`t\` \${u} é 雪 [b] (c) & \\d`;

const BY_META = `import { readFileSync } from "node:fs"; import { join } from "node:path"; import { fileURLToPath } from "node:url";
export const places = [import.meta.url, import.meta.filename, import.meta.dirname, import.meta.resolve("./beside.sql"), import.meta.resolve("node:fs")];
export const text = [readFileSync(new URL("./beside.sql", import.meta.url), "utf8"), readFileSync(join(import.meta.dirname, "beside.sql"), "utf8")];`;

const BY_NAMES = `const { readFileSync } = require("fs"); const path = require("node:path");
module.exports = { places: [__filename, __dirname, require.resolve("./beside.sql"), require.resolve("./neighbour")],
  text: [readFileSync(path.join(__dirname, "beside.sql"), "utf8"), readFileSync(require.resolve("./beside.sql"), "utf8")] };`;

for (const type of PROJECT_TYPES) {
  for (const folder of ["plain", ODD]) {
    for (const file of ["plain", ODD]) {
      const where = `${type}, ${folder === ODD ? "odd" : "plain"} folder, ${file === ODD ? "odd" : "plain"} file`;

      test(`import.meta (${where})`, async () => {
        const project = makeProject(type, { [`${folder}/${file}.ts`]: BY_META, [`${folder}/beside.sql`]: "select 1" }, folder);
        const source = project.path(`${folder}/${file}.ts`);
        const { places, text } = await project.exports(`${folder}/${file}.ts`);
        assert.equal(places, [pathToFileURL(source).href, source, dirname(source), pathToFileURL(join(dirname(source), "beside.sql")).href, "node:fs"]);
        assert.equal(text, ["select 1", "select 1"]);
      });

      test(`__filename, __dirname, require.resolve (${where})`, async () => {
        const project = makeProject(type, { [`${folder}/${file}.cjs`]: BY_NAMES, [`${folder}/beside.sql`]: "select 1", [`${folder}/neighbour.ts`]: "" }, folder);
        const source = project.path(`${folder}/${file}.cjs`);
        const { places, text } = await project.exports(`${folder}/${file}.cjs`);
        assert.equal(places, [source, dirname(source), join(dirname(source), "beside.sql"), join(dirname(source), "neighbour.ts")]);
        assert.equal(text, ["select 1", "select 1"]);
      });

      test(`neighbours by every kind of import (${where})`, async () => {
        const project = makeProject(
          type,
          {
            "a.ts": `import { b } from ${JSON.stringify(`./${folder}/${file}.ts`)}; export const a = [b, require(${JSON.stringify(`./${folder}/${file}.cjs`)}).c]; export const later = () => import(${JSON.stringify(`./${folder}/${file}.mts`)});`,
            [`${folder}/${file}.ts`]: `export const b = "b";`,
            [`${folder}/${file}.cjs`]: `exports.c = "c";`,
            [`${folder}/${file}.mts`]: `export const d = "d";`,
          },
          folder,
        );
        const { a, later } = (await project.exports("a.ts")) as { a: unknown; later: () => Promise<{ d: string }> };
        assert.equal(a, ["b", "c"]);
        assert.is((await later()).d, "d");
      });
    }
  }

  test(`CommonJS names in a file of import and export (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `import "./b"; export const places = [__filename, __dirname, require.resolve("./b.js"), typeof require, typeof module];
        export const computed = (name: string) => require(name);`,
      "b.js": "",
      "c.json": `{ "d": 1 }`,
    });
    const { places, computed } = (await project.exports("a.ts")) as { places: unknown[]; computed: (name: string) => unknown };
    assert.equal(places.slice(0, 4), [project.path("a.ts"), project.root, project.path("b.js"), "function"]);
    assert.equal(computed("./c.json"), { d: 1 });
  });

  test(`a file may have such names of its own (${type})`, async () => {
    const project = makeProject(type, {
      "a.mts": `import { createRequire } from "node:module"; import { dirname } from "node:path"; import { fileURLToPath } from "node:url";
        const __filename = fileURLToPath(import.meta.url); const __dirname = dirname(__filename); const require = createRequire(import.meta.url);
        export const places = [__filename, __dirname, require.resolve("./c.json")];`,
      "b.ts": `const __dirname = "mine"; const module = { exports: 1 }; const exports = 2; export const own = [__dirname, module.exports, exports];`,
      "c.json": "",
    });
    const [a, b] = await project.load(["a.mts", "b.ts"]);
    assert.equal(a!.exports["places"], [project.path("a.mts"), project.root, project.path("c.json")]);
    assert.equal(b!.exports["own"], ["mine", 1, 2]);
  });
}

test("a file that is reached by a symbolic link is where it lies, and one instance", async () => {
  const project = makeProject("module", { "real/a.ts": `export const url = import.meta.url; export const own = {};`, "b.ts": `export { own } from "./real/a";` });
  symlinkSync(project.path("real"), project.path("linked"));
  const [a, b] = await project.load(["linked/a.ts", "b.ts"]);
  assert.is(a!.file, project.path("linked/a.ts"));
  assert.is(a!.exports["url"], pathToFileURL(project.path("real/a.ts")).href);
  assert.is(a!.exports["own"], b!.exports["own"]);
});

test("the working directory decides nothing", () => {
  const project = makeProject("module", {
    "src/a.ts": `import { b } from "@/b"; import data from "./data.json"; export const a = [b, data.n, import.meta.dirname];`,
    "lib/b.ts": `export const b = "b";`,
    "src/data.json": `{ "n": 1 }`,
    "tsconfig.json": `{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }`,
  });
  const other = makeProject("commonjs", { "tsconfig.json": "{ not json" });
  mkdirSync(join(other.root, "deep"));
  const module = new URL("../../src/load/load-modules.js", import.meta.url).href;
  const script = `import { loadModules } from ${JSON.stringify(module)};
    const [a] = await loadModules([${JSON.stringify(project.path("src/a.ts"))}], ${JSON.stringify({ root: project.root, cache: null })});
    process.stdout.write(JSON.stringify(a.exports.a));`;
  for (const cwd of ["/", project.root, project.path("src"), join(other.root, "deep")]) {
    const out = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
    assert.equal(JSON.parse(out), ["b", 1, project.path("src")], basename(cwd));
  }
});

test.run();
