import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { nearestManifest, projectLanguage } from "../../src/project/language.js";
import { freshFolder } from "../support/folder.js";

const test = suite("project/language");

function tree(files: Readonly<Record<string, string>>): string {
  const root = freshFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

test("TypeScript, where a tsconfig or the compiler says so", () => {
  assert.is(projectLanguage(tree({ "tsconfig.json": "{}", "package.json": "{}" })), "ts");
  assert.is(projectLanguage(tree({ "package.json": `{"devDependencies":{"typescript":"5"}}` })), "ts");
  assert.is(projectLanguage(tree({ "package.json": `{"dependencies":{"typescript":"5"},"type":"module"}` })), "ts");
});

test("else ES modules or CommonJS, as package.json says", () => {
  assert.is(projectLanguage(tree({ "package.json": `{"type":"module"}` })), "esm");
  assert.is(projectLanguage(tree({ "package.json": `{"type":"commonjs"}` })), "commonjs");
  assert.is(projectLanguage(tree({ "package.json": "{}" })), "commonjs");
  assert.is(projectLanguage(tree({ "package.json": "not JSON" })), "commonjs");
});

test("the nearest package.json decides, and a tsconfig above it is another project's", () => {
  const root = tree({ "tsconfig.json": "{}", "package.json": `{"type":"module","name":"outer"}`, "inner/package.json": `{"name":"inner"}`, "plain/deep/x": "" });
  assert.is(projectLanguage(join(root, "inner")), "commonjs");
  assert.is(projectLanguage(join(root, "plain/deep")), "ts");
  assert.equal(nearestManifest(join(root, "plain/deep")), { type: "module", name: "outer" });
});

test.run();
