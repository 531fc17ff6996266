import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sqlRevision } from "../support/git-project.js";
import { query } from "../support/postgres.js";
import { freshStory } from "../support/story.js";

const test = suite("acceptance/stories-formatting");

function header(id: string, parent: string): string {
  return `revision = "${id}";\nexport const parents = [${parent === "" ? "" : `"${parent}"`}];\nexport const created = "2026-01-0${(id.codePointAt(0) ?? 0) - 96}T00:00:00Z";\nexport const message = "it's \\"${id}\\"";\n`;
}

function commonJs(id: string, parent: string, body: string): string {
  return `exports.revision = "${id}";\nexports.parents = ["${parent}"];\nexports.created = "2026-01-04T00:00:00Z";\nexports.message = 'about ${id}'\n${body}`;
}

const FILES: Readonly<Record<string, string>> = {
  "1_a.ts": `import type { Knex } from "knex"\nexport const ${header("a", "")}
const columns = { 'id': (t: Knex.TableBuilder) => t.increments(), "name": (t: Knex.TableBuilder) => { t.text('name').notNullable().defaultTo("it's") } } as const
export async function up(knex: Knex): Promise<void> { await knex.schema.createTable('a', t => { for (const make of Object.values(columns)) make(t) }) }
export async function down(knex: Knex): Promise<void> { await knex.schema.dropTable('a') }`,
  "2_b.mts": `import type { Knex } from 'knex';
export const ${header("b", "a")}
enum Kind { One = 'one', Two = 'two' }
function check<T extends string>(kinds: T[]): string { return kinds.map(k => \`'\${ k }'\`).join(', ') }
export const up = async (knex: Knex) => { await knex.raw(\`
   create table b (id int,
      kind text check (kind in (\${check(Object.values(Kind))})) ) \`); if (0xFF > 1.0e2) { await knex.raw("comment on table b is 'x'") } else { throw new Error( "no" ) } }
export const down = async (knex: Knex) => { await knex.raw('drop table b') }`,
  "3_c.mjs": `export const ${header("c", "b")}
export async function up (knex) {
    const names = [ 'c1','c2', 'c3' ], of = (n) => (n)
    for (const name of names) await knex.schema.createTable(of(name), (t) => { t.increments(); t.string('a', 10); t.string('bbbbbbbbbbbbbbbbbbbbbbbb', 20).notNullable(); t.index([ 'a', 'bbbbbbbbbbbbbbbbbbbbbbbb' ]) })
}
export async function down (knex) { for (const name of ['c3','c2','c1']) await knex.schema.dropTable(name) }`,
  "4_d.cjs": commonJs("d", "c", `exports.up = function(knex) { return knex.schema.createTable('d', function (table) { table.increments(); table.timestamps(true, true) }) }
exports.down = function(knex) { return knex.schema.dropTable('d') }`),
};

/** Everything that prettier decides about code, other than it is by default. */
const OTHER_WAY = '{ "semi": false, "singleQuote": true, "quoteProps": "consistent", "trailingComma": "none", "bracketSpacing": false, "arrowParens": "avoid", "printWidth": 60, "useTabs": true, "objectWrap": "collapse", "experimentalTernaries": true, "endOfLine": "crlf" }';

test("11: prettier over all revision files, twice and in two ways: nothing is edited", async () => {
  const { repository, url, run, status, sync, follows } = await freshStory();
  const { name, text } = sqlRevision("e <- d");
  const paths = Object.keys(FILES).map((file) => `.migrations/${file}`);
  repository.commit("revisions", { ...Object.fromEntries(Object.entries(FILES).map(([file, code]) => [`.migrations/${file}`, code])), [name]: text, ".gitattributes": "* -text\n" });
  const upgraded = await run(["upgrade"]);
  assert.is(upgraded.status, 0, upgraded.stderr);
  for (const style of ["{}", OTHER_WAY]) {
    repository.write(".prettierrc.json", style);
    for (const path of paths) {
      const file = join(repository.path, path);
      const before = repository.read(path);
      repository.write(path, await format(before, { ...(await resolveConfig(file, { useCache: false })), filepath: file }));
      assert.is.not(repository.read(path), before, `${path} was formatted`);
    }
    repository.commit("formatted");
    const after = await status();
    assert.equal([after["edited"], after["reparented"], after["next"], after["upToDate"]], [[], [], null, true]);
    assert.is(await sync(), "");
    await follows();
  }
  assert.equal(await query(url, "select count(*)::int as n from gmig_log where action = 'down'"), [{ n: 0 }]);
});

test("11: a change that prettier would not make is an edit, in every language", async () => {
  const { repository, run, status, sync, follows } = await freshStory();
  repository.commit("revisions", Object.fromEntries(Object.entries(FILES).map(([file, code]) => [`.migrations/${file}`, code])));
  await run(["upgrade"]);
  const changes: readonly (readonly [string, string, string, string])[] = [
    ["1_a.ts", `defaultTo("it's")`, `defaultTo("its")`, "a"],
    ["2_b.mts", "'two'", "'three'", "b"],
    ["3_c.mjs", "'a', 10", "'a', 11", "c"],
    ["4_d.cjs", "timestamps(true, true)", "timestamps(true, false)", "d"],
  ];
  for (const [file, from, to] of changes) {
    const path = `.migrations/${file}`;
    const text = repository.read(path);
    assert.ok(text.includes(from), path);
    repository.write(path, text.replace(from, to));
  }
  assert.equal((await status())["edited"], changes.map(([, , , id]) => id));
  assert.is(await sync(), "-d -c -b -a +a +b +c +d");
  await follows();
});

test.run();
