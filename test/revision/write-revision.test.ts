import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { HEADER_DEFAULTS, type Header } from "../../src/revision/header.js";
import { readHeader } from "../../src/revision/read-header.js";
import { withParents, withoutHeader } from "../../src/revision/rewrite-header.js";
import { type RevisionFormat, writeRevision } from "../../src/revision/write-revision.js";
import { runs } from "../support/series.js";

const test = suite("revision/write-revision");

const header: Header = { ...HEADER_DEFAULTS, revision: "3f2a9c0d1e4b", parents: ["a1b2c3d4e5f6"], created: "2026-11-21T18:30:00Z", message: "add users" };
const FILES: Readonly<Record<RevisionFormat, string>> = { ts: "1.ts", esm: "1.mjs", commonjs: "1.cjs", sql: "1.sql" };
const FORMATS = Object.keys(FILES) as RevisionFormat[];

test("a new TypeScript file is exactly this", () => {
  assert.is(
    writeRevision(header, "ts"),
    `import type { Knex } from "knex";

export const revision = "3f2a9c0d1e4b";
export const parents = ["a1b2c3d4e5f6"];
export const created = "2026-11-21T18:30:00Z";
export const message = "add users";

export async function up(knex: Knex): Promise<void> {
  // what takes the database forward
}

export async function down(knex: Knex): Promise<void> {
  // what takes it back
}
`,
  );
});

test("a new SQL file", () => {
  assert.is(
    writeRevision({ ...header, transaction: false }, "sql"),
    `-- gmig revision: 3f2a9c0d1e4b
-- gmig parents: a1b2c3d4e5f6
-- gmig created: 2026-11-21T18:30:00Z
-- gmig message: add users
-- gmig transaction: false

-- gmig up
-- what takes the database forward

-- gmig down
-- what takes it back
`,
  );
});

const id = fc.stringMatching(/^[0-9a-z_.]{1,14}$/);
const headers = fc.record({
  revision: id,
  parents: fc.array(id, { maxLength: 3 }),
  dependsOn: fc.array(id, { maxLength: 2 }),
  labels: fc.array(id, { maxLength: 2 }),
  created: fc.constantFrom("2026-11-21T18:30:00Z", "1999-01-01T00:00:00Z"),
  message: fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(`*/ "); process.exit() //`, "../../etc", "a\nb", " 'x' ", "😀\u2028`${x}`", '"quoted"')),
  transaction: fc.boolean(),
}, { noNullPrototype: true });

function reading(text: string, format: RevisionFormat) {
  const result = readHeader(text, FILES[format]);
  if (result === null || !("reading" in result)) throw new Error(`${JSON.stringify(result)}\n${text}`);
  return result.reading;
}

test("what is written reads back the same, whatever the message", () => {
  fc.assert(
    fc.property(headers, fc.constantFrom(...FORMATS), (value, format) => {
      const read = reading(writeRevision(value, format), format);
      assert.equal(read.header, value);
      assert.is(read.style, format === "ts" ? "esm" : format);
    }),
    runs(100, 10_000),
  );
});

test("parents are rewritten in place, and nothing else", () => {
  fc.assert(
    fc.property(headers, fc.array(id, { maxLength: 3 }), fc.constantFrom(...FORMATS), (value, parents, format) => {
      const text = writeRevision(value, format);
      assert.is(withParents(text, reading(text, format), parents), writeRevision({ ...value, parents }, format));
    }),
    runs(100, 10_000),
  );
});

test("without its header, only imports and functions are left", () => {
  const text = writeRevision(header, "ts");
  assert.not.match(withoutHeader(text, reading(text, "ts").statements), /export const/);
  assert.match(withoutHeader(text, reading(text, "ts").statements), /export async function up/);
});

test.run();
