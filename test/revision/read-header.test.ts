import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Header } from "../../src/revision/header.js";
import { readHeader } from "../../src/revision/read-header.js";
import { runs } from "../support/series.js";

const test = suite("revision/read-header");

function header(text: string, file = "1_a.ts"): Header {
  const result = readHeader(text, file);
  if (result === null || !("reading" in result)) throw new Error(JSON.stringify(result));
  return result.reading.header;
}

function problems(text: string, file = "1_a.ts"): readonly string[] {
  const result = readHeader(text, file);
  return result !== null && "problems" in result ? result.problems.map(({ code, message }) => `${code} ${message}`) : [];
}

const FULL = `import type { Knex } from "knex";

export const revision = "3f2a9c0d1e4b";
export const parents = ["a1b2c3d4e5f6"];
export const dependsOn: readonly string[] = ["net", "b"];
export const labels = ['shop'] as const;
export const created = "2026-11-21T18:30:00Z";
export const message = "add users";
export const transaction = false;

export async function up(knex: Knex): Promise<void> {}
`;

const EXPECTED = {
  revision: "3f2a9c0d1e4b",
  parents: ["a1b2c3d4e5f6"],
  dependsOn: ["net", "b"],
  labels: ["shop"],
  created: "2026-11-21T18:30:00Z",
  message: "add users",
  transaction: false,
};

test("a full TypeScript header", () => assert.equal(header(FULL), EXPECTED));

test("the same with CRLF and a byte order mark", () => assert.equal(header(`\ufeff${FULL.replaceAll("\n", "\r\n")}`), EXPECTED));

test("what may be left out has its default", () => {
  assert.equal(header(`export const revision = "a"\nexport const parents = []\n`), {
    revision: "a",
    parents: [],
    dependsOn: [],
    labels: [],
    created: "",
    message: "",
    transaction: true,
  });
});

test("CommonJS, with and without module", () => {
  assert.equal(header(`exports.revision = "a";\nmodule.exports.parents = ["b"];\nexports.up = () => {};`, "1.cjs").parents, ["b"]);
});

test("what TypeScript compiles to CommonJS is the same revision", () => {
  const compiled = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.down = exports.up = exports.message = exports.parents = exports.revision = void 0;
exports.revision = "a";
exports.parents = ["b"];
exports.message = "x";
async function up(knex) { }
exports.up = up;`;
  assert.equal([header(compiled, "1.js").revision, header(compiled, "1.js").parents, header(compiled, "1.js").message], ["a", ["b"], "x"]);
});

test("a compiler that gathers the exports at the end", () => {
  assert.equal(header(`const revision = "a";\nconst parents = ["b"];\nasync function up() {}\nexport { parents, revision, up };\n`, "1.js").parents, ["b"]);
});

test("comments, strings, templates and regular expressions are passed over", () => {
  const text = `// export const revision = "no";
/* export const revision = "no"; */
const a = 'export const revision = "no"';
const b = \`export const revision = "no" \${ { a: "}" }.a + \`export const revision = "no"\` } export const revision = "no"\`;
const c = /["'\`]export const revision = "no"/.test(a) ? 1 / 2 : 3;
const quote = x => x / "'".length;
export const revision = "yes";
export const parents = ["b", /* not "c" */ "d", ];
export const message = \`back\\\`tick\`;`;
  assert.equal([header(text).revision, header(text).parents, header(text).message], ["yes", ["b", "d"], "back`tick"]);
});

test("escapes in strings are read as JavaScript reads them", () => {
  const text = String.raw`export const revision = "a"; export const parents = []; export const message = 'it\'s \u00e7\x41\u{1F600}\n"q"';`;
  assert.is(header(text).message, 'it\'s çA😀\n"q"');
});

test("Knex's own way to say that there is no transaction", () => {
  assert.is(header(`export const revision = "a"; export const parents = [];\nexport const config = { transaction: false };`).transaction, false);
  assert.is(header(`exports.revision = "a"; exports.parents = [];\nexports.config = { transaction: false };`, "1.js").transaction, false);
});

test("a header behind a long body is found too", () => {
  const body = `export async function up() { await knex.raw(\`${"select 1; ".repeat(5000)}\`); }\n`;
  assert.is(header(`${body}export const revision = "a";\nexport const parents = [];\n`).revision, "a");
});

test("times are read in any zone and kept in UTC", () => {
  assert.is(header(`export const revision="a"; export const parents=[]; export const created="2026-11-21T20:30:00+02:00"`).created, "2026-11-21T18:30:00Z");
});

test("SQL headers", () => {
  const text = `-- gmig revision: a\n-- gmig parents: b, c\n-- gmig labels: shop\n-- gmig created: 2026-11-21T18:30:00Z\n-- gmig message: add users\n-- gmig transaction: false\n\n-- gmig up\nselect 1;\n-- gmig down\nselect 2;\n`;
  const expected = { ...EXPECTED, revision: "a", parents: ["b", "c"], dependsOn: [] };
  assert.equal(header(text, "1.sql"), expected);
  assert.equal(header(text.replaceAll("\n", "\r\n"), "1.sql"), expected);
});

test("a SQL message that needs it is a JSON string", () => {
  assert.equal(header("-- gmig revision: a\n-- gmig parents: b c,d\n-- gmig up\n", "1.sql").parents, ["b", "c", "d"], "a space separates as a comma does");
  assert.is(header(`-- gmig revision: a\n-- gmig parents:\n-- gmig message: "two\\nlines"\n-- gmig up\n`, "1.sql").message, "two\nlines");
});

test("a neighbour is no revision; a revision without its header is a problem", () => {
  assert.is(readHeader("export const helper = 1;", "shared.ts"), null);
  assert.is(readHeader("insert into t values (1);", "seed.sql"), null);
  assert.match(problems("", "20261121183000_3f2a9c0d1e4b_x.ts")[0] ?? "", /REVISION_MALFORMED .*lacks "revision"/);
  assert.match(problems("export async function up() {}", "old.ts")[0] ?? "", /REVISION_MALFORMED/);
  assert.match(problems("-- gmig parents: a\n-- gmig up\n", "old.sql")[0] ?? "", /lacks "revision"/);
});

test("values that are not written out are problems with their line", () => {
  assert.equal(problems(`export const revision = "a";\nexport const parents = [previous];\n`), [
    `REVISION_MALFORMED 1_a.ts:2: "parents" must be written out as a list of strings`,
  ]);
  assert.match(problems(`export const revision = "a" + "b";\nexport const parents = [];`)[0] ?? "", /1_a.ts:1: "revision" must be written out/);
  assert.match(problems(`export const revision = "a"\n  + "b";\nexport const parents = [];`)[0] ?? "", /"revision" must be written out/);
  assert.match(problems(`export const revision = "a";\nexport const parents = "b";`)[0] ?? "", /a list of strings/);
  assert.match(problems(`export const revision = "a";\nexport const parents = [];\nexport const created = "yesterday";`)[0] ?? "", /1_a.ts:3: "created"/);
  assert.match(problems(`-- gmig revision: a\n-- gmig parents:\n-- gmig paernts: b\n-- gmig up\n`, "1.sql")[0] ?? "", /1.sql:3: .*no key "paernts"/);
  assert.match(problems(`-- gmig revision: a\n-- gmig parents:\n`, "1.sql")[0] ?? "", /"-- gmig up" is missing/);
});

test("conflict markers are named with their line", () => {
  const text = `export const revision = "a";\n<<<<<<< HEAD\nexport const parents = ["b"];\n=======\nexport const parents = ["c"];\n>>>>>>> other\n`;
  assert.equal(problems(text), ["CONFLICT_MARKERS 1_a.ts:2: conflict markers were left in the file"]);
  assert.equal(problems(`${FULL}\n// <<<<<<< is how a conflict begins\n`), []);
});

test("deeply nested or unterminated code ends without a hitch", () => {
  assert.is(header(`export const revision = "a";\nexport const parents = [];\nconst x = ${"`${".repeat(50_000)}`).revision, "a");
  assert.is(header(`export const revision = "a";\nexport const parents = [];\n/* never closed`).revision, "a");
});

test("a damaged text is read, is no revision or has problems, and never more than that", () => {
  const pieces = fc.oneof(fc.constantFrom("`", "${", "/*", "*/", "//", "'", '"', "<<<<<<< ours\n", "{", "}", "export const ", "\\", "\n", "[", "-- gmig "), fc.string({ unit: "binary", maxLength: 8 }));
  const cuts = fc.array(fc.record({ at: fc.nat(FULL.length), length: fc.nat(30), piece: pieces }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(cuts, fc.constantFrom("1_a.ts", "1_a.cjs", "1_a.mjs", "1_a.sql"), (edits, file) => {
      const text = edits.reduce((now, { at, length, piece }) => now.slice(0, at) + piece + now.slice(at + length), FULL);
      const result = readHeader(text, file);
      if (result === null) return;
      if ("problems" in result) assert.ok(result.problems.length > 0 && result.problems.every(({ message }) => message !== ""));
      else assert.type(result.reading.header.revision, "string");
    }),
    runs(300, 50_000),
  );
});

test.run();
