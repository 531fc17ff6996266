import { existsSync, readdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gmigJson } from "../support/cli.js";
import { freshDatabase, query } from "../support/postgres.js";
import { freshProject } from "../support/project.js";

const test = suite("workflow/model-differences");
const modules = join(dirname(fileURLToPath(import.meta.url)), "../../../node_modules");

const NOTE = (type: string): string => `import { Model } from "objection";
import { shared } from "./shared.js";
export class Note extends Model {
  static tableName = "notes";
  static jsonSchema = { type: "object", properties: { text: { type: "${type}" }, ...shared } };
}
`;

interface Checked {
  readonly findings: readonly { readonly message: string }[];
}

interface Notes {
  readonly check: (...args: readonly string[]) => Promise<readonly string[]>;
  readonly write: (path: string, text: string) => void;
  readonly url: string;
  readonly root: string;
  /** Puts another answer, or something else, in place of the one that is kept; false where none is. */
  readonly tamper: (differences?: unknown) => boolean;
}

async function notes(config = ""): Promise<Notes> {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  symlinkSync(modules, join(project.root, "node_modules"));
  project.write("gmig.config.js", `export default { models: "models/*.js", migrations: ".migrations", ${config} };`);
  project.write("package.json", '{ "type": "module" }');
  project.write("models/note.js", NOTE("string"));
  project.write("models/shared.js", "export const shared = {};");
  await query(url, "create table notes (id int, text text)");
  const env = { GMIG_DATABASE: url, GMIG_ENVIRONMENT: "development" };
  const folder = join(project.config().cache, "answers");
  return {
    url,
    root: project.root,
    write: project.write,
    check: async (...args) => (await gmigJson<Checked>(project.root, ["check", "--models", ...args], { env })).json.findings.map(({ message }) => message),
    tamper(differences = { operations: ["what was kept"], kept: [], suggestions: [], possibleRenames: [], hazards: [], properties: [], rewrittenAway: false }) {
      const [name] = existsSync(folder) ? readdirSync(folder) : [];
      if (name === undefined) return false;
      const file = join(folder, name);
      const kept = JSON.parse(readFileSync(file, "utf8")) as object;
      writeFileSync(file, JSON.stringify({ ...kept, differences }));
      return true;
    },
  };
}

test("where neither models nor database have changed, what was found is said again", async () => {
  const { check, tamper } = await notes();
  assert.equal(await check(), []);
  assert.ok(tamper());
  assert.equal(await check(), ["what was kept"]);
});

test("what is damaged is as good as gone", async () => {
  const { check, tamper } = await notes();
  await check();
  for (const damaged of [null, {}, [], { operations: ["what was kept"] }, { operations: [1], kept: [], suggestions: [], hazards: [] }, { operations: ["x"], kept: [], suggestions: [], hazards: [] }, { operations: ["x"], kept: [], suggestions: [], hazards: [], possibleRenames: [], properties: [null] }]) {
    assert.ok(tamper(damaged));
    assert.equal(await check(), []);
  }
});

test("a role that may only read has the declared SQL read elsewhere", async () => {
  const { check, write, url } = await notes();
  await query(url, `do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`);
  write("models/note.js", NOTE("string").replace("jsonSchema", 'tableSchema = { columns: { text: { default: "lower( \'A\' )" } } }; static jsonSchema'));
  assert.equal(await check(), ["alter column notes.text: default none becomes lower('A'::text)"]);
});

test("a database that has changed is read and compared, and one that is as before the change too", async () => {
  const { check, tamper, url } = await notes();
  await check();
  assert.ok(tamper());
  await query(url, "alter table notes alter text type integer using null");
  assert.equal(await check(), ["alter column notes.text: type integer becomes text"]);
  await query(url, "alter table notes alter text type text");
  assert.equal(await check(), []);
});

test("models that have changed are compared, by what they declare and not by their files alone", async () => {
  const { check, tamper, write } = await notes();
  await check();
  assert.ok(tamper());
  write("models/note.js", NOTE("integer"));
  assert.equal(await check(), ["alter column notes.text: type text becomes integer"]);
  write("models/note.js", NOTE("string"));
  write("models/shared.js", 'export const shared = { more: { type: "string" } };');
  assert.equal(await check(), ["add column notes.more text"]);
  assert.ok(tamper());
  write("models/shared.js", 'export const shared = process.env.MORE === "" ? {} : { more: { type: "boolean" } };');
  assert.equal(await check(), ["add column notes.more boolean"]);
});

test("a model whose file has an old date, and that declares something else, is compared", async () => {
  const { check, tamper, write, root } = await notes();
  await check();
  assert.ok(tamper());
  write("models/note.js", NOTE("integer"));
  // As from an archive, which brings the dates of its files.
  utimesSync(join(root, "models/note.js"), new Date("2020-01-01"), new Date("2020-01-01"));
  assert.equal(await check(), ["alter column notes.text: type text becomes integer"]);
});

test("names are the project's knexfile's also where the database's address comes from elsewhere", async () => {
  const { check, write, url, root } = await notes();
  write("knexfile.js", 'import { knexSnakeCaseMappers } from "objection"; export default { development: { client: "pg", migrations: { tableName: "history" }, ...knexSnakeCaseMappers() } };');
  write("models/shared.js", 'export const shared = { writtenBy: { type: "string" } };');
  await query(url, "alter table notes add written_by text; create table history (id int)");
  assert.equal(await check(), []);
  assert.equal((await gmigJson<{ kept: readonly string[] }>(root, ["revision", "--autogenerate", "-m", "none", "--dry-run"], { env: { GMIG_DATABASE: url } })).json.kept, []);
});

test("nothing is kept where functions of the configuration have their say, nor of a scratch database", async () => {
  const functions = await notes("include: () => true");
  assert.equal(await functions.check(), []);
  assert.not(functions.tamper());
  const offline = await notes();
  assert.equal(await offline.check("--offline"), ["create table notes"]);
  assert.not(offline.tamper());
});

test.run();
