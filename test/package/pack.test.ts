import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { VERSION } from "../../src/version.js";
import { freshFolder } from "../support/folder.js";
import { freshDatabase, query } from "../support/postgres.js";

const test = suite("package/pack");
const top = join(dirname(fileURLToPath(import.meta.url)), "../../..");

interface Manifest {
  readonly version: string;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(top, "package.json"), "utf8")) as Manifest;

function npm(cwd: string, ...args: readonly string[]): string {
  return execFileSync("npm", [...args, "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** An empty project with the packed gmig and its peers installed. */
function installed(): string {
  const project = freshFolder();
  const { devDependencies } = manifest;
  const tarball = npm(top, "pack", "--ignore-scripts", "--pack-destination", project).trim().split("\n").at(-1) ?? "";
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "shop", private: true, type: "module" }));
  npm(project, "install", "--ignore-scripts", `./${tarball}`, ...["knex", "pg", "typescript", "@types/node"].map((name) => `${name}@${devDependencies[name] ?? ""}`));
  return project;
}

function node(project: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: "utf8", env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
}

test("the version is the one in package.json", () => assert.is(VERSION, manifest.version));

test("the packed tarball works in an empty project: command, import, require, types", async () => {
  const project = installed();
  const gmig = join(project, "node_modules/gmig/bin/gmig.js");
  const { url } = await freshDatabase();
  assert.is(node(project, [gmig, "--version"]), `${VERSION}\n`);
  node(project, [gmig, "init"]);
  node(project, [gmig, "revision", "-m", "create users"]);
  const { file } = JSON.parse(node(project, [gmig, "show", "head", "--json"])).revisions[0] as { file: string };
  const text = readFileSync(join(project, file), "utf8").replace("  // what takes the database forward", '  await knex.schema.createTable("users", (table) => table.increments("id"));');
  writeFileSync(join(project, file), text);
  const done = JSON.parse(node(project, [gmig, "upgrade", "--json"], { DATABASE_URL: url })) as { executed: boolean };
  assert.is(done.executed, true);
  assert.equal(await query(url, "select count(*)::int as count from users"), [{ count: 0 }]);

  const probe = 'const g = buildGraph([{ revision: "b", parents: ["a"] }, { revision: "a" }]); console.log(heads(g).real.join(), planUpgrade(g, {}).steps.length)';
  assert.is(node(project, ["--input-type=module", "-e", `import { buildGraph, heads, planUpgrade } from "gmig"; ${probe}`]), "b 2\n");
  assert.is(node(project, ["--input-type=commonjs", "-e", `const { buildGraph, heads, planUpgrade } = require("gmig"); ${probe}`]).trim(), "b 2");

  writeFileSync(
    join(project, "use.ts"),
    `import { buildGraph, defineConfig, planUpgrade, upgrade, type Plan, type PlanResult } from "gmig";
const plan: Plan = planUpgrade(buildGraph([{ revision: "a" }]), { rows: [], target: "head" });
export const config = defineConfig({ database: "pglite:memory", environment: "test" });
export const result: Promise<PlanResult> = upgrade(config, "head", { onProgress: (progress) => progress.kind });
export const rows: readonly string[] = plan.rows;
`,
  );
  mkdirSync(join(project, "out"));
  node(project, ["node_modules/typescript/bin/tsc", "--ignoreConfig", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck", "false", "--types", "node", "--noEmit", "use.ts"]);
});

test("what ships tells an error in the user's own module by its place, not as a bug in gmig", () => {
  const project = freshFolder();
  writeFileSync(join(project, "gmig.config.mjs"), '\nthrow new Error("boom");\n');
  const { status, stderr } = spawnSync(process.execPath, [join(top, "bin/gmig.js"), "heads"], { cwd: project, encoding: "utf8" });
  assert.match(stderr, "CONFIG_INVALID gmig.config.mjs can't be loaded: boom (gmig.config.mjs:2:7)");
  assert.is(status, 2);
});

test("importing the package loads no driver and no compiler", () => {
  const probe = `import "gmig"; const loaded = process.moduleLoadList.length; const { createRequire } = await import("node:module");
console.log(Object.keys(createRequire(import.meta.url).cache).filter((path) => /node_modules\\/(knex|pg|objection|esbuild|@electric-sql)\\//.test(path)).length)`;
  assert.is(node(top, ["--input-type=module", "-e", probe]), "0\n");
});

test.run();
