import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fillTemplate } from "../../src/directory/fill-template.js";
import { HEADER_DEFAULTS } from "../../src/revision/header.js";
import { readHeader } from "../../src/revision/read-header.js";
import { freshFolder } from "../support/folder.js";
import { thrown } from "../support/thrown.js";

const test = suite("directory/fill-template");

const HEADER = { ...HEADER_DEFAULTS, revision: "3f2a", parents: ["a", "b"], labels: ["shop"], dependsOn: ["n"], created: "2026-01-01T00:00:00Z", message: `it's "odd" */ \n $& {up}`, transaction: false };

function filled(name: string, template: string): string {
  const path = join(freshFolder(), name);
  writeFileSync(path, template);
  return fillTemplate(path, HEADER, { up: "  up();", down: "  down();", comment: ["first", "second"] });
}

test("a template of code takes values as JavaScript, whatever is in a message", () => {
  const text = filled(
    "template.ts",
    `// Ours: {comment}
export const revision = {revision};
export const parents = {parents};
export const dependsOn = {dependsOn};
export const labels = {labels};
export const transaction = {transaction};
export const created = {created};
export const message = {message};
export async function up() {
{up}
}
export async function down() { const {other} = {}; {down} }
`,
  );
  const result = readHeader(text, "template.ts");
  assert.ok(result !== null && "reading" in result);
  assert.equal(result.reading.header, HEADER);
  assert.match(text, /Ours: \/\/ first\n\/\/ second\n/);
  assert.match(text, /up\(\) \{\n {2}up\(\);\n\}/);
  assert.match(text, /const \{other\} = \{\}; {3}down\(\); \}/);
});

test("a template of SQL takes them as plain text on one line", () => {
  const text = filled("template.sql", "{comment}\n-- gmig revision: {revision}\n-- gmig parents: {parents}\n-- gmig message: {message}\n-- gmig up\n{up}\n-- gmig down\n{down}\n");
  assert.is(text, `-- first\n-- second\n-- gmig revision: 3f2a\n-- gmig parents: a, b\n-- gmig message: it's "odd" */ $& {up}\n-- gmig up\n  up();\n-- gmig down\n  down();\n`);
});

test("one that is not there is told", async () => {
  const error = await thrown(() => fillTemplate("/nowhere/t.ts", HEADER, { up: "", down: "" }));
  assert.equal([error.code, error.message], ["CONFIG_INVALID", "The template /nowhere/t.ts cannot be read"]);
});

test.run();
