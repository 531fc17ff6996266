import { suite } from "uvu";
import * as assert from "uvu/assert";
import { upgrade } from "../../src/workflow/upgrade.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject, type TestProject } from "../support/project.js";
import { thrown } from "../support/thrown.js";

const test = suite("runner/body");

function writeBody(project: TestProject, lines: readonly string[], extra = ""): void {
  project.write(
    ".migrations/20260101000000_a.ts",
    `import type { Knex } from "knex";
export const revision = "a";
export const parents = [];
export const created = "2026-01-01T00:00:00Z";
export const message = "about a";
${extra}
export async function up(knex: Knex): Promise<void> {
${lines.map((line) => `  ${line}`).join("\n")}
}
export async function down(): Promise<void> {}
`,
  );
}

const FORGOTTEN = [
  'void knex.raw("create table t (id int)").then(() => undefined, () => undefined);',
  'void (async () => { await knex.raw("create table t (id int)").catch(() => undefined); })();',
];

for (const [index, line] of FORGOTTEN.entries()) {
  // The embedded PostgreSQL has answered before anybody could look.
  test(`a body that ends while its statement still runs is told what is missing, and rolled back (${index})`, async () => {
    const { url } = await freshDatabase();
    const project = freshProject(url);
    writeBody(project, [line]);
    const error = await thrown(upgrade(project.config()));
    assert.equal([error.code, error.data["revision"], error.data["incomplete"]], ["STEP_FAILED", "a", false]);
    assert.match(error.message, /ended while a statement of its own was still running/);
    assert.is(error.hint, "await every call of knex in 20260101000000_a.ts");
    assert.equal(await query(url, "select relname from pg_class where relname = 't'"), []);
    assert.equal(await query(url, "select revision from gmig_ledger"), []);
  });

  test(`the same outside a transaction (${index})`, async () => {
    const { url } = await freshDatabase();
    const project = freshProject(url);
    writeBody(project, [line], "export const transaction = false;");
    const error = await thrown(upgrade(project.config()));
    assert.equal([error.code, error.data["incomplete"]], ["STEP_FAILED", true]);
    assert.equal(await query(url, "select revision, state from gmig_ledger"), [{ revision: "a", state: "going-up" }]);
  });
}

test("a line for psql, as pg_dump writes it, is told from SQL that is wrong", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  project.revisions("a", { a: { up: "-- a dump\n\n\\restrict abc\n\ncreate table t (id int);", format: "sql" } });
  const error = await thrown(upgrade(project.config()));
  assert.equal([error.code, error.data["sqlstate"], error.hint], ["STEP_FAILED", "42601", "take the lines that begin with \\ out of 20260101000000_a.sql: they are for psql"]);
});

test("what a body throws by itself is told with the place in its file", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  writeBody(project, ["const nothing = JSON.parse('null') as { x: { y: number } };", "await knex.raw('select 1');", "nothing.x.y++;"]);
  const error = await thrown(upgrade(project.config()));
  assert.is(error.message, "Revision a (about a) failed on its way up: TypeError: Cannot read properties of null (reading 'x') (.migrations/20260101000000_a.ts:10:11)");
  assert.equal([error.data["sqlstate"], error.data["statement"]], [null, null]);
  for (const [line, expected] of [
    ['throw "no error";', "Revision a (about a) failed on its way up: no error"],
    ["throw null;", "Revision a (about a) failed on its way up: null"],
    ["throw { message: 'like one', code: 'XX' };", "Revision a (about a) failed on its way up: like one"],
  ] as const) {
    writeBody(project, [line]);
    assert.is((await thrown(upgrade(project.config()))).message, expected);
  }
});

test("a body that waits for a second connection is told, and does not wait for ever", async () => {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  writeBody(project, ['const client = knex.client as { pool: { acquire: () => { promise: Promise<unknown> } } };', "await client.pool.acquire().promise;"]);
  const error = await thrown(upgrade(project.config()));
  assert.is(error.code, "STEP_FAILED");
  assert.equal(await query(url, "select * from gmig_ledger"), []);
});

test.run();
