/** Bodies of revisions as people write them with Knex, in the styles that are about. Read by tests of what counts as an edit. */
export const REVISION_TEXTS: Readonly<Record<string, string>> = {
  "create a table.ts": `import type { Knex } from "knex";

export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable("users", (table) => {
    table.increments("id").primary(); // the key
    table.string("email", 255).notNullable().unique();
    table.specificType('tags', 'text[]').defaultTo(knex.raw("'{}'::text[]"));
    table.timestamps(true, true);
  });
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable("users");
}
`,
  "raw statements.ts": `import { Knex } from 'knex'

export const config = { transaction: false }

export async function up(knex: Knex) {
  await knex.raw(\`
    CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer
      ON orders (customer_id, created_at DESC)
      WHERE status <> 'cancelled'
  \`)
  await knex.raw("COMMENT ON INDEX orders_customer IS 'what the customer\\'s page reads'")
}

export const down = (knex: Knex) => knex.raw('DROP INDEX CONCURRENTLY IF EXISTS orders_customer')
`,
  "old style.js": `'use strict';

exports.up = function (knex, Promise) {
  return Promise.all([
    knex.schema.table('posts', function (t) { t.integer('author_id').unsigned().references('id').inTable('users').onDelete('CASCADE').index(); }),
    knex.schema.hasColumn('posts', 'slug').then(function (exists) { if (!exists) return knex.schema.table('posts', function (t) { t.string('slug') }); else return null })
  ]);
};

exports.down = function (knex) { return knex.schema.table('posts', (t) => { t.dropColumn('author_id'); t.dropColumn('slug') }) };
`,
  "data in batches.mjs": `/** @param {import("knex").Knex} knex */
export async function up(knex) {
  const size = 1_000, limit = 0xFF, rate = 1.50, tiny = .5;
  for (let offset = 0; ; offset += size) {
    const rows = await knex("accounts").select("id", "first_name", "last_name").orderBy("id").limit(size).offset(offset)
    if (rows.length === 0) break
    for (const { id, first_name: first, last_name: last, ...rest } of rows) {
      await knex("accounts").where({ id }).update({ "full_name": \`\${first ?? ""} \${last ?? ''}\`.trim(), 'score': rows.length > limit ? rate * (size - offset) / 2 : tiny, rest_of: JSON.stringify(rest) });
    }
  }
}

export async function down(knex) {
  await knex("accounts").update({ full_name: null, score: null, rest_of: null })
}
`,
  "an enum and a trigger.ts": `import type { Knex } from "knex";

enum Status { Draft = "draft", Published = "published" }
const statuses = Object.values(Status) as readonly string[];
const quoted = (values: readonly string[]): string => values.map((value) => \`'\${value.replace(/'/g, "''")}'\`).join(", ");

export async function up(knex: Knex): Promise<void> {
  await knex.schema.raw(\`create type status as enum (\${quoted(statuses)})\`);
  await knex.schema.alterTable("posts", (t: Knex.AlterTableBuilder): void => {
    t.specificType("status", "status")!.notNullable().defaultTo(<string>Status.Draft);
  });
  await knex.raw(
    \`create function touch() returns trigger language plpgsql as $$ begin new.updated_at = now(); return new; end $$;
     create trigger touched before update on posts for each row execute function touch()\`,
  );
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("drop trigger touched on posts; drop function touch()");
  await knex.schema.alterTable("posts", (t) => t.dropColumn("status"));
  await knex.schema.raw("drop type status");
}
`,
  "conditions.cjs": `const TABLES = [ 'a', "b", \`c\` ], OPTIONS = { 'if-not-exists': true, cascade: !0, 1: "one", "two": 2 }

module.exports = {
  async up(knex) {
    if (process.env.NODE_ENV === 'test' && (!TABLES.length || OPTIONS.cascade)) { return }
    else if (TABLES.includes('z')) throw new Error('z: ' + TABLES.join(', ') + '!');
    ;[...TABLES].reverse().forEach(async name => { await knex.schema.dropTableIfExists(name) })
    const found = (await knex.raw("select to_regclass(?) as oid", ['public.d'])).rows[0]?.oid ?? null
    return found ? await knex('d').where('n', '>', (1 + 2) * 3).del() : (void 0, -(-1), typeof (found))
  },
  down: () => {},
}
`,
  "a class and generics.ts": `import type { Knex } from "knex"
type Row<T = unknown> = { readonly id: number; payload: T | null }
abstract class Step<T> { constructor(protected readonly knex: Knex, private table = 'events') {} ; abstract convert(row: Row<T>): Partial<Row<T>>
  async run() { for await (const row of this.knex<Row<T>>(this.table).stream() as AsyncIterable<Row<T>>) await this.knex(this.table).where('id', row.id).update(this.convert(row) as any) } }
class Lower extends Step<string> { override convert = (row: Row<string>) => ({ payload: row.payload?.toLowerCase() ?? null }) }
export const up = async (knex: Knex): Promise<void> => { await new Lower(knex).run() }
export async function down(): Promise<never> { throw new Error("can't be undone") }
`,
  "callbacks.js": `exports.up = knex => knex.schema
  .createTable('a', t => { t.uuid('id').primary().defaultTo(knex.raw('gen_random_uuid()')) })
  .then(() => knex.schema.createTable('b', t => { t.uuid('a_id').references('a.id') }))
  .catch(error => { if (!/already exists/i.test(error.message)) throw error })
exports.down = knex => knex.schema.dropTable('b').dropTable('a')
exports.config = { transaction: false }
`,
};
