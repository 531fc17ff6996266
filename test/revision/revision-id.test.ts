import { suite } from "uvu";
import * as assert from "uvu/assert";
import { blobId } from "../../src/revision/fingerprint.js";
import { mergeRevision } from "../../src/revision/merge-revision.js";
import { deriveMergeId, deriveRevisionId, isRevisionId, looksLikeId } from "../../src/revision/revision-id.js";
import { printSql } from "../../src/revision/sql-text.js";

const test = suite("revision/revision-id");
const source = { message: "add users", created: "2026-11-21T18:30:00Z", author: "a@b", body: "x", random: new Uint8Array(8) };

test("ids are 12 hex digits and change with each part", () => {
  const ids = new Set([
    deriveRevisionId(source),
    deriveRevisionId({ ...source, message: "add user" }),
    deriveRevisionId({ ...source, created: "2026-11-21T18:30:01Z" }),
    deriveRevisionId({ ...source, author: "c@b" }),
    deriveRevisionId({ ...source, body: "y" }),
    deriveRevisionId({ ...source, random: new Uint8Array([1]) }),
    deriveRevisionId({ ...source, message: "add usersa", author: "@b" }),
  ]);
  assert.is(ids.size, 7);
  for (const id of ids) assert.match(id, /^[0-9a-f]{12}$/);
});

test("a merge revision follows from its parents alone", () => {
  assert.is(deriveMergeId(["a", "b"]), deriveMergeId(["b", "a"]));
  assert.is.not(deriveMergeId(["a", "b"]), deriveMergeId(["ab"]));
  const a = { revision: "a", created: "2026-01-01T00:00:00Z", file: "1_a.sql", format: "sql" } as const;
  const b = { revision: "b", created: "2026-01-02T00:00:00Z", file: "2_b.ts", format: "ts" } as const;
  assert.equal(mergeRevision([a, b]), mergeRevision([b, a]));
  assert.match(mergeRevision([a, b]).file, /^20260102000000_[0-9a-f]{12}_merge\.ts$/);
  assert.is(mergeRevision([a, b]).header.created, b.created);
  assert.match(mergeRevision([b, { ...a, created: "2026-02-01T00:00:00Z" }]).text, /^-- gmig revision/);
});

test("the text of a merge revision may not change under its number", () => {
  const parent = { created: "2026-01-01T00:00:00Z", file: "1_a.ts", format: "ts" } as const;
  assert.is(
    mergeRevision([
      { ...parent, revision: "a" },
      { ...parent, revision: "b" },
    ]).text,
    `// gmig merge revision, text 1
import type { Knex } from "knex";

export const revision = "${deriveMergeId(["a", "b"])}";
export const parents = ["a", "b"];
export const created = "2026-01-01T00:00:00Z";
export const message = "merge a and b";

export async function up(knex: Knex): Promise<void> {
  // nothing, unless the two sides conflict
}

export async function down(knex: Knex): Promise<void> {
  // nothing, unless the two sides conflict
}
`,
  );
});

test("what may be an id", () => {
  for (const text of ["3f2a9c0d1e4b", "20190101.init", "ação", "a_b"]) assert.ok(isRevisionId(text), text);
  for (const text of ["", "a@b", "a-b", "a+b", "a:b", "a/b", "a b", "a\nb", "head", "heads", "base", "current", "a\0"]) assert.not(isRevisionId(text), text);
  assert.ok(looksLikeId("a1"));
  assert.not(looksLikeId("shop"));
});

test("blob ids are Git's, whatever the line endings", () => {
  assert.is(blobId("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
  assert.is(blobId("hello\r\n"), blobId("hello\n"));
  assert.is(blobId(""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  assert.is(blobId("", "sha256"), "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
});

test("SQL that differs in layout and comments prints the same", () => {
  assert.is(printSql("create table t ( a int, -- the a\n  b text ) ;\n"), printSql("create table t (a int,b text);"));
  assert.is(printSql("select /* x /* y */ z */ 1"), printSql("select 1"));
  assert.is.not(printSql("select 'a  b'"), printSql("select 'a b'"));
  assert.is.not(printSql("select $$a  -- b$$"), printSql("select $$a -- b$$"));
  assert.is.not(printSql(`select "a--b"`), printSql(`select "a"`));
  assert.is(printSql(String.raw`select E'it\'s -- no', 1 -- c`), String.raw`select E'it\'s -- no',1`);
  assert.is.not(printSql("select 1 - -2"), printSql("select 1 --2"));
});

test.run();
