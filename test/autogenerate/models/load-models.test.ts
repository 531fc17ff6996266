import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { loadModels } from "../../../src/autogenerate/models/load-models.js";
import { findModelFiles } from "../../../src/autogenerate/models/model-files.js";
import { freshFolder } from "../../support/folder.js";
import { ROOT } from "../../support/find-tests.js";

const test = suite("models/load-models");

/** A project with these files, and this repository's packages. */
function project(files: Readonly<Record<string, string>>): string {
  const root = freshFolder();
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}

async function names(files: Readonly<Record<string, string>>, ...patterns: readonly string[]): Promise<readonly string[]> {
  const { models } = await loadModels(patterns, { root: project(files), cache: null });
  return models.map(({ model }) => model.name).sort();
}

const esm = (name: string, how = "export class"): string => `import { Model } from "objection"; ${how} ${name} extends Model { static tableName = "${name}"; }`;

test("TypeScript and JavaScript, ES modules and CommonJS, default and named exports", async () => {
  const files = {
    "package.json": `{"type": "module"}`,
    "models/a.ts": `import { Model } from "objection"; export default class A extends Model { static override tableName: string = "a"; }`,
    "models/deep/b.js": esm("B"),
    "models/c.cjs": `const { Model } = require("objection"); module.exports = class C extends Model { static get tableName() { return "c"; } };`,
    "models/d.cjs": `const { Model } = require("objection"); class D extends Model {} exports.D = D; exports.limit = 5;`,
    "models/types.d.ts": "export class Not {}",
    "models/a.test.ts": "throw new Error('a test is no model');",
  };
  assert.equal(await names(files, "models/**/*.{ts,js,cjs}", "!models/**/*.test.ts"), ["A", "B", "C", "D"]);
});

test("an index file, exported lists and objects, each model once", async () => {
  const files = {
    "package.json": `{"type": "module"}`,
    "a.js": esm("A"),
    "b.js": esm("B"),
    "index.js": `import { A } from "./a.js"; import * as b from "./b.js"; export * from "./a.js"; export const all = [A]; export default { A, ...b }; export { b };`,
  };
  assert.equal(await names(files, "index.js"), ["A", "B"]);
});

test("path aliases, models that import each other in a circle, and a connection that is opened on import", async () => {
  const files = {
    "package.json": `{"type": "module", "imports": {"#base": "./src/base.ts"}}`,
    "tsconfig.json": `{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}`,
    "src/base.ts": `import { Model } from "objection"; export class Base extends Model {}`,
    "src/models/person.ts": `import { Base } from "#base"; import { Pet } from "@/models/pet"; import { createServer } from "node:net";
      export const server = createServer().listen(0).unref();
      export class Person extends Base { static tableName = "persons"; static relationMappings = () => ({ pets: { relation: Base.HasManyRelation, modelClass: Pet, join: { from: "persons.id", to: "pets.owner" } } }); }`,
    "src/models/pet.ts": `import { Base } from "#base"; import { Person } from "@/models/person";
      export class Pet extends Base { static tableName = "pets"; static relationMappings = () => ({ owner: { relation: Base.BelongsToOneRelation, modelClass: Person, join: { from: "pets.owner", to: "persons.id" } } }); }`,
  };
  assert.equal(await names(files, "src/models"), ["Person", "Pet"]);
});

test("a pattern that matches nothing, files without a model, and a file that throws are errors that say so", async () => {
  const failure = async (files: Readonly<Record<string, string>>, pattern: string): Promise<string> => {
    try {
      await names(files, pattern);
    } catch (error) {
      return `${(error as { code: string }).code}: ${(error as Error).message}`;
    }
    return "nothing";
  };
  assert.match(await failure({ "a.js": "" }, "models/*.ts"), /^CONFIG_INVALID: No file matches models\/\*\.ts below /);
  assert.is(await failure({ "a.mjs": "export const a = 1;" }, "*.mjs"), "MODEL_INVALID: None of the 1 files that *.mjs matches exports an Objection model");
  assert.match(await failure({ "a.mjs": `throw new Error("no queue");` }, "a.mjs"), /^MODEL_INVALID: .*no queue/);
});

test("patterns: stars, question marks, alternatives, folders, what they leave out", () => {
  const root = project({ "a/x.ts": "", "a/b/y.ts": "", "a/b/c/z.js": "", "a/b/node_modules/n/i.js": "", "a/x.d.ts": "", "a/readme.md": "", "a+b/(c)/w.ts": "" });
  const find = (...patterns: readonly string[]): readonly string[] => findModelFiles(patterns, root).map((file) => relative(root, file));
  assert.equal(find("a/*.ts"), ["a/x.ts"]);
  assert.equal(find("a/**/*.ts"), ["a/b/y.ts", "a/x.ts"]);
  assert.equal(find("./a/**"), ["a/b/c/z.js", "a/b/y.ts", "a/x.ts"]);
  assert.equal(find("a"), ["a/b/c/z.js", "a/b/y.ts", "a/x.ts"]);
  assert.equal(find("a/{x,b/?}.ts"), ["a/b/y.ts", "a/x.ts"]);
  assert.equal(find("a/**", "!a/b/**", "a+b/(c)/*.ts"), ["a+b/(c)/w.ts", "a/x.ts"]);
  assert.equal(find(join(root, "a/x.ts"), "a/x.ts"), ["a/x.ts"]);
});

test("tests beside the models are no models; one that is named is", () => {
  const root = project({ "m/user.js": "", "m/user.test.js": "", "m/user.spec.ts": "", "m/__tests__/x.js": "", "m/__mocks__/user.js": "", "m/latest.js": "", "m/test.js": "" });
  const find = (...patterns: readonly string[]): readonly string[] => findModelFiles(patterns, root).map((file) => relative(root, file));
  assert.equal(find("m/**/*.{js,ts}"), ["m/latest.js", "m/test.js", "m/user.js"]);
  assert.equal(find("m"), ["m/latest.js", "m/test.js", "m/user.js"]);
  assert.equal(find("m/user.test.js"), ["m/user.test.js"]);
});

test.run();
