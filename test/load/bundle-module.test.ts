import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { bundleModule } from "../../src/load/bundle-module.js";
import { loadBundle } from "../../src/load/load-bundle.js";
import { freshFolder } from "../support/folder.js";
import { thrown } from "../support/thrown.js";

const test = suite("load/bundle-module");
const code = "REVISION_MALFORMED" as const;

function project(files: Readonly<Record<string, string>>): string {
  const root = freshFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

const FILES = {
  "package.json": '{ "type": "module" }',
  ".migrations/.gitkeep": "",
  "tsconfig.json": '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }',
  "src/names.ts": 'import list from "./list.json" with { type: "json" };\nexport const names: string[] = list;',
  "src/list.json": '["left", "right"]',
  "shared/old.cjs": "let count = 0;\nmodule.exports = { next: () => ++count };",
  "node_modules/colour/package.json": '{ "name": "colour", "main": "index.js" }',
  "node_modules/colour/index.js": 'module.exports.red = "red";',
};
const TEXT = `import { names } from "@/names.js";
import old from "../shared/old.cjs";
import { red } from "colour";
enum Side { Left, Right }
export const up = (): string => [names[Side.Right], red, old.next(), old.next()].join(" ");`;

test("what a module imports from the project is inlined, packages are found when it runs", async () => {
  const root = project(FILES);
  const text = await bundleModule({ path: join(root, ".migrations/1.ts"), text: TEXT }, { root, code });
  rmSync(join(root, "src"), { recursive: true });
  rmSync(join(root, "shared"), { recursive: true });
  const { up } = loadBundle(text, { root, code }) as { up: () => string };
  assert.is(up(), "right red 1 2");
});

test("the same text comes out wherever the project lies, without a path of the machine", async () => {
  const [one, two] = [project(FILES), project(FILES)];
  const bundle = async (root: string): Promise<string> => bundleModule({ path: join(root, ".migrations/1.ts"), text: TEXT }, { root, code });
  assert.is(await bundle(one), await bundle(two));
  assert.not.match(await bundle(one), new RegExp(one));
});

test("what is missing is told, when it is made and when it runs", async () => {
  const root = project(FILES);
  const made = await thrown(bundleModule({ path: join(root, ".migrations/1.ts"), text: 'import "./gone.js";' }, { root, code }));
  assert.equal([made.code, /gone/.test(made.message)], [code, true]);
  const text = await bundleModule({ path: join(root, "1.ts"), text: 'import "nowhere";' }, { root, code });
  assert.match((await thrown(() => loadBundle(text, { root, code }))).message, /nowhere/);
});

test.run();
