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

/** Writes what stands around the revisions: package.json, the packages and a configuration, in TypeScript. */
export function writeProject(folder: string): void {
  mkdirSync(join(folder, "node_modules"));
  for (const name of ["knex", "pg", "umzug", "objection"]) symlinkSync(join(TOP, "node_modules", name), join(folder, "node_modules", name));
  symlinkSync(TOP, join(folder, "node_modules/gmig"));
  writeFileSync(join(folder, "package.json"), '{ "name": "sample", "private": true, "type": "module" }\n');
  writeFileSync(join(folder, "tsconfig.json"), '{ "compilerOptions": { "module": "nodenext", "target": "es2022" } }\n');
  writeFileSync(
    join(folder, "gmig.config.ts"),
    `import { defineConfig } from "gmig";\n\nexport default defineConfig({\n  database: process.env["DATABASE_URL"] ?? "pglite:.gmig/data",\n  migrations: ".migrations",\n  models: "models/*.ts",\n  environment: "development",\n});\n`,
  );
}

function revisionText(index: number, parent: number | null): { readonly name: string; readonly text: string } {
  const [revision, created] = [idOf(index), createdAt(index)];
  const parents = parent === null ? [] : [idOf(parent)];
  const text = writeRevision({ ...HEADER_DEFAULTS, revision, parents, created, message: `create t${index}` }, "ts", { up: UP(index), down: DOWN(index) });
  return { name: `${created.replace(/\D/g, "")}_${revision}_create_t${index}`, text };
}

/** Writes a line of revisions of these numbers on top of a sample of `count`. */
export function writeTables(folder: string, count: number, indexes: readonly number[]): void {
  for (const [place, index] of indexes.entries()) {
    const { name, text } = revisionText(index, indexes[place - 1] ?? count - 1);
    writeFileSync(join(folder, ".migrations", `${name}.ts`), text);
  }
}

/** Writes a line of `count` revisions, each of which creates a table, as TypeScript; and the same for Knex's own migrator and umzug. */
export function fillSample(folder: string, count: number): readonly string[] {
  for (const name of [".migrations", "knex-migrations"]) mkdirSync(join(folder, name));
  for (let index = 0; index < count; index++) {
    const { name, text } = revisionText(index, index === 0 ? null : index - 1);
    writeFileSync(join(folder, ".migrations", `${name}.ts`), text);
    writeFileSync(join(folder, "knex-migrations", `${name}.cjs`), `exports.up = async function up(knex) {\n${UP(index)}\n};\n\nexports.down = async function down(knex) {\n${DOWN(index)}\n};\n`);
  }
  return Array.from({ length: count }, (_, index) => idOf(index));
}

/** Makes a project in a new folder, with {@link fillSample} in it. */
export function makeSample(count: number): Sample {
  const folder = mkdtempSync(join(tmpdir(), "gmig-bench-"));
  mkdirSync(join(folder, ".git"));
  writeProject(folder);
  return { folder, ids: fillSample(folder, count) };
}
