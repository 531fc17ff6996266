import { execFileSync } from "node:child_process";
import { relative } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sourcePosition } from "../../src/load/source-position.js";
import { failure } from "./failure.js";
import { PROJECT_TYPES, type Project, makeProject } from "./project.js";

const test = suite("load: errors");

/** Fills five lines of source that take other room when compiled. */
const HEADING = `import type { Nothing } from "nowhere";
interface Long {
  a: Nothing;
}
enum Few { One, Two, Three }
`;

function place(project: Project, error: unknown): string {
  const { file, line, column } = sourcePosition(error)!;
  return `${relative(project.root, file)}:${line}:${column}`;
}

for (const type of PROJECT_TYPES) {
  test(`a syntax error: file, line, column, the line itself and what is wrong with it (${type})`, async () => {
    const project = makeProject(type, { "src/a.ts": `import "./b";`, "src/b.ts": `${HEADING}const é = 1; const x y;` });
    const error = await failure(project.load(["src/a.ts"]));
    assert.is(error.code, "CONFIG_INVALID");
    assert.is(error.message, 'src/b.ts:6:22: Expected ";" but found "y", in `const é = 1; const x y;`');
    assert.is(error.data["file"], project.path("src/b.ts"));
    assert.equal([error.data["line"], error.data["column"], error.data["source"]], [6, 22, "const é = 1; const x y;"]);
    assert.is((error.data["problems"] as unknown[]).length, 1);
  });

  test(`a file that isn't there: who imports it, and where (${type})`, async () => {
    const project = makeProject(type, { "a.ts": `export const a = 1;\nimport { b } from "./absent"; b;` });
    const error = await failure(project.load(["a.ts"], { code: "REVISION_MALFORMED" }));
    assert.is(error.code, "REVISION_MALFORMED");
    assert.is(error.message, 'a.ts:2:19: Could not resolve "./absent", in `import { b } from "./absent"; b;`');
    project.write({ "absent.ts": "export const b = 1;" });
    assert.is((await project.exports("a.ts"))["a"], 1);
  });

  test(`a neighbour that may be missing is asked for when it is reached (${type})`, async () => {
    const project = makeProject(type, { "a.ts": `let found = false; try { require("./absent"); found = true; } catch {} export const a = found;` });
    assert.is((await project.exports("a.ts"))["a"], false);
  });

  test(`what a module throws is the cause, with its place in the source (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `import { b } from "./lib/b";\nexport const a = b;`,
      "lib/b.ts": `${HEADING}function check(few: Few): never {\n  throw new RangeError(\`no \${Few[few]}\`);\n}\nexport const b: number = check(Few.Two);`,
    });
    for (const cache of [project.cache, project.cache, null]) {
      const error = await failure(project.load(["a.ts"], { cache }));
      assert.is(error.code, "CONFIG_INVALID");
      assert.is(error.message, "a.ts can't be loaded: no Two (lib/b.ts:7:9)");
      assert.instance(error.cause, RangeError);
      assert.equal(error.data, { file: project.path("lib/b.ts"), line: 7, column: 9 });
    }
  });

  test(`what a function throws later has its place too, wherever its compiled file was (${type})`, async () => {
    const project = makeProject(type, {
      "a.ts": `${HEADING}export async function up(): Promise<void> {\n  await null;\n  [1].forEach((one) => {\n    throw new Error("later");\n  });\n}`,
    });
    for (const cache of [project.cache, null]) {
      const { up } = (await project.exports("a.ts", { cache })) as { up: () => Promise<void> };
      const [outcome] = await Promise.allSettled([up()]);
      assert.is(place(project, (outcome as PromiseRejectedResult).reason), "a.ts:9:11");
    }
  });

  test(`an error of a package that the source called has the source's place (${type})`, async () => {
    const project = makeProject(type, { "a.ts": `${HEADING}import { fail } from "failing";\nexport const a = fail();`, "node_modules/failing/index.js": `exports.fail = () => { throw new Error("inside"); };` });
    const error = await failure(project.load(["a.ts"]));
    assert.is(error.message, "a.ts can't be loaded: inside (a.ts:7:18)");
  });
}

test("errors of a package while it is imported end neither the process nor the next attempt", async () => {
  const project = makeProject("module", { "a.ts": `import "failing";`, "node_modules/failing/index.js": `throw new TypeError("at once");` });
  for (const _ of [1, 2]) {
    const error = await failure(project.load(["a.ts"]));
    assert.is(error.message, "a.ts can't be loaded: at once");
  }
  await new Promise((resolve) => setTimeout(resolve, 10));
});

test("whatever is thrown has a message: text, a message of several lines, none, or nothing", async () => {
  const project = makeProject("module", { "a.mts": `throw "text";`, "b.mts": `throw new Error("one\\ntwo");`, "c.mts": `await null; throw new Error();`, "d.mts": `throw undefined;` });
  const messages = [];
  for (const name of ["a.mts", "b.mts", "c.mts", "d.mts"]) {
    messages.push((await failure(project.load([name]))).message);
  }
  assert.equal(messages, ["a.mts can't be loaded: text", "b.mts can't be loaded: one (b.mts:1:7)", "c.mts can't be loaded: Error (c.mts:1:19)", "d.mts can't be loaded: undefined"]);
});

test("every problem is in the data, the first in the message", async () => {
  const project = makeProject("module", { "a.ts": `import "./b"; import "./c";`, "b.ts": `let 1;`, "c.ts": `let 2;` });
  const { data, message } = await failure(project.load(["b.ts", "c.ts"]));
  assert.is((data["problems"] as unknown[]).length, 2);
  assert.match(message, /^b\.ts:1:5: /);
});

test("a file that was asked for and isn't there", async () => {
  const project = makeProject("module", {});
  const error = await failure(project.load(["absent.ts"], { code: "REVISION_MALFORMED" }));
  assert.is(error.message, "absent.ts can't be read");
  assert.is(error.code, "REVISION_MALFORMED");
});

test("a tsconfig.json that can't be read, JSON that isn't, and a path that esbuild takes for a pattern", async () => {
  const project = makeProject("module", { "a/a.ts": "", "a/tsconfig.json": "{ what", "b.json": "{ what", "a*/a.ts": "" });
  assert.match((await failure(project.load(["a/a.ts"]))).message, /^a\/tsconfig\.json:1:3: /);
  assert.match((await failure(project.load(["b.json"]))).message, /^b\.json:1:3: /);
  assert.is((await failure(project.load(["a*/a.ts"]))).message, "a*/a.ts can't be loaded: there is a * in its path");
});

test("positions are known under --enable-source-maps too", () => {
  const project = makeProject("module", { "a.ts": `${HEADING}throw new Error("mapped");` });
  const module = new URL("../../src/load/load-modules.js", import.meta.url).href;
  const script = `import { loadModules } from ${JSON.stringify(module)};
    await loadModules([${JSON.stringify(project.path("a.ts"))}], ${JSON.stringify({ root: project.root, cache: null })}).catch((error) => process.stdout.write(error.message));`;
  const out = execFileSync(process.execPath, ["--enable-source-maps", "--input-type=module", "-e", script], { encoding: "utf8" });
  assert.is(out, "a.ts can't be loaded: mapped (a.ts:6:7)");
});

test("an error from elsewhere has no place in the user's files", () => {
  assert.is(sourcePosition(new Error("ours")), undefined);
  assert.is(sourcePosition("text"), undefined);
  assert.is(sourcePosition(undefined), undefined);
});

test.run();
