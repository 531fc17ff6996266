import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { HEADER_DEFAULTS } from "../src/revision/header.js";
import { writeRevision } from "../src/revision/write-revision.js";

/** Where gmig itself lies, built. */
export const TOP = join(dirname(fileURLToPath(import.meta.url)), "../..");
export const GMIG = join(TOP, "bin/gmig.js");

export interface Sample {
  readonly folder: string;
  readonly ids: readonly string[];
}

function idOf(index: number): string {
  return (0x1000_0000_0000 + index * 7919).toString(16);
}

function createdAt(index: number): string {
  return new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString().replace(".000Z", "Z");
}

const UP = (index: number): string => `  await knex.schema.createTable("t${index}", (table) => {
    table.increments("id");
    table.text("name").notNullable();
  });`;
const DOWN = (index: number): string => `  await knex.schema.dropTable("t${index}");`;

function writeProject(folder: string): void {
  mkdirSync(join(folder, ".git"));
  mkdirSync(join(folder, "node_modules"));
  for (const name of ["knex", "pg", "umzug"]) symlinkSync(join(TOP, "node_modules", name), join(folder, "node_modules", name));
  symlinkSync(TOP, join(folder, "node_modules/gmig"));
  writeFileSync(join(folder, "package.json"), '{ "name": "sample", "private": true, "type": "module" }\n');
  writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "module": "nodenext", "target": "es2022" } }\n');
  writeFileSync(
    join(folder, "gmig.config.ts"),
    `import { defineConfig } from "gmig";\n\nexport default defineConfig({\n  database: process.env["DATABASE_URL"] ?? "pglite:.gmig/data",\n  migrations: ".migrations",\n  environment: "development",\n});\n`,
  );
}

/** Makes a project with a line of `count` revisions, each of which creates a table, as TypeScript; and the same for Knex's own migrator and umzug. */
export function makeSample(count: number): Sample {
  const folder = mkdtempSync(join(tmpdir(), "gmig-bench-"));
  writeProject(folder);
  for (const name of [".migrations", "knex-migrations"]) mkdirSync(join(folder, name));
  const ids = Array.from({ length: count }, (_, index) => idOf(index));
  for (const [index, revision] of ids.entries()) {
    const created = createdAt(index);
    const parents = index === 0 ? [] : [idOf(index - 1)];
    const text = writeRevision({ ...HEADER_DEFAULTS, revision, parents, created, message: `create t${index}` }, "ts", { up: UP(index), down: DOWN(index) });
    const name = `${created.replace(/\D/g, "")}_${revision}_create_t${index}`;
    writeFileSync(join(folder, ".migrations", `${name}.ts`), text);
    writeFileSync(join(folder, "knex-migrations", `${name}.cjs`), `exports.up = async function up(knex) {\n${UP(index)}\n};\n\nexports.down = async function down(knex) {\n${DOWN(index)}\n};\n`);
  }
  return { folder, ids };
}
