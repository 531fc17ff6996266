// The README's first command: what gmig does, on the embedded PostgreSQL, with the sample project's revisions.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";

const here = dirname(fileURLToPath(import.meta.url));
const gmig = join(here, "..", "bin", "gmig.js");
const data = join(here, "..", ".gmig", "demo");
const env = { ...process.env, DEMO_DATABASE: `pglite:${data}` };

function run(...args) {
  console.log(`\n$ gmig ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, [gmig, ...args], { cwd: here, env, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

rmSync(data, { recursive: true, force: true });
console.log("A small shop: two lines of revisions fork after the products, and a merge revision joins them.");
run("history", "--graph");
run("upgrade", "--dry-run");
run("upgrade");
run("current");

console.log("\nThe tables, and how many rows are in each:");
const database = await PGlite.create({ dataDir: data });
const { rows: tables } = await database.query("select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1");
for (const { name } of tables) {
  const { rows } = await database.query(`select count(*)::int as count from "${name}"`);
  console.log(`  ${name.padEnd(14)}${rows[0].count}`);
}
await database.close();
console.log("\nNext: node bin/gmig.js --help, or README.md");
