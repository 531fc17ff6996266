import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** A program that does what every upgrade must do at least: start Node, load pg, connect, ask one thing. */
export function writeOneQuery(folder: string): string {
  const file = join(folder, "one-query.mjs");
  writeFileSync(file, `import pg from "pg";\nconst client = new pg.Client(process.env.DATABASE_URL);\nawait client.connect();\nawait client.query("select 1");\nawait client.end();\n`);
  return file;
}

/** Programs that take the same tables up and down with Knex's own migrator and with umzug. */
export function writeRivals(folder: string): { readonly knex: string; readonly umzug: string } {
  const knex = join(folder, "knex-migrate.mjs");
  writeFileSync(
    knex,
    `import Knex from "knex";
const knex = Knex({ client: "pg", connection: process.env.DATABASE_URL, migrations: { directory: "knex-migrations", loadExtensions: [".cjs"] } });
if (process.argv[2] === "up") for (let [batch, done] = await knex.migrate.latest(); done.length > 0; ) [batch, done] = await knex.migrate.latest();
else await knex.migrate.rollback(undefined, true);
await knex.destroy();
`,
  );
  const umzug = join(folder, "umzug-migrate.mjs");
  writeFileSync(
    umzug,
    `import Knex from "knex";
import { Umzug } from "umzug";
const knex = Knex({ client: "pg", connection: process.env.DATABASE_URL });
await knex.raw("create table if not exists umzug_done (name text primary key)");
const umzug = new Umzug({
  migrations: {
    glob: "knex-migrations/*.cjs",
    resolve: ({ name, path }) => {
      const load = async () => (await import(path)).default;
      return { name, up: async () => knex.transaction(async (trx) => (await load()).up(trx)), down: async () => knex.transaction(async (trx) => (await load()).down(trx)) };
    },
  },
  context: {},
  logger: undefined,
  storage: {
    logMigration: async ({ name }) => knex("umzug_done").insert({ name }),
    unlogMigration: async ({ name }) => knex("umzug_done").where({ name }).delete(),
    executed: async () => (await knex("umzug_done").select("name").orderBy("name")).map((row) => row.name),
  },
});
if (process.argv[2] === "up") await umzug.up();
else await umzug.down({ to: 0 });
await knex.destroy();
`,
  );
  return { knex, umzug };
}

/** gmig's own script without its guards: one transaction for each revision, with the same rows in ledger and log. */
export function plainScript(sql: string): string {
  return sql.replace(/^do (\$gmig\d*\$)[\s\S]*?^\1;$/gm, "");
}
