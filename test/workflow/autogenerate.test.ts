import { symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gmig, gmigJson } from "../support/cli.js";
import { dumpCatalogue } from "../support/catalogue.js";
import { connect, freshDatabase, query } from "../support/postgres.js";
import { freshProject, type TestProject } from "../support/project.js";

const test = suite("workflow/autogenerate");
const modules = join(dirname(fileURLToPath(import.meta.url)), "../../../node_modules");

interface Written {
  readonly revision: string | null;
  readonly file: string | null;
  readonly text: string | null;
  readonly operations: readonly string[];
  readonly kept: readonly string[];
}

interface Failed {
  readonly error: { readonly code: string; readonly hint?: string; readonly data: { readonly questions?: readonly { readonly id: string }[] } };
}

const CUSTOMER = `import { Model } from "objection";
export class Customer extends Model {
  static tableName = "customers";
  static jsonSchema = {
    type: "object",
    required: ["email", "name"],
    properties: { id: { type: "integer" }, email: { type: "string", maxLength: 200 }, name: { type: "string" } },
  };
}
`;

async function shop(config: Readonly<Record<string, unknown>> = {}): Promise<TestProject & { readonly url: string; readonly run: (...args: string[]) => ReturnType<typeof gmig>; readonly json: <Result>(...args: string[]) => Promise<{ readonly status: number; readonly json: Result }> }> {
  const { url } = await freshDatabase();
  const project = freshProject(url);
  symlinkSync(modules, join(project.root, "node_modules"));
  project.write("gmig.config.json", JSON.stringify({ models: "models/*.ts", migrations: ".migrations", ...config }));
  project.write("tsconfig.json", "{}");
  project.write("models/customer.ts", CUSTOMER);
  const env = { GMIG_DATABASE: url, GMIG_ENVIRONMENT: "development" };
  return { ...project, url, run: async (...args) => gmig(project.root, args, { env }), json: async (...args) => gmigJson(project.root, args, { env }) };
}

async function dump(url: string): Promise<string> {
  const connection = await connect(url);
  try {
    return await dumpCatalogue(connection, { sortColumns: true, withoutGmig: true });
  } finally {
    await connection.close();
  }
}

test("from models to a revision to a database that has nothing more to write, and back", async () => {
  const { url, json, run, write } = await shop();
  const before = await dump(url);
  const first = await json<Written>("revision", "--autogenerate", "-m", "customers");
  assert.equal([first.status, first.json.operations], [0, ["create table customers"]]);
  assert.equal((await run("upgrade")).status, 0);
  const again = await json<Written>("revision", "--autogenerate", "-m", "nothing");
  assert.equal([again.status, again.json.revision, again.json.file], [0, null, null]);
  assert.equal((await json<{ ok: boolean }>("check", "--models")).json.ok, true);
  write("models/customer.ts", CUSTOMER.replace("name: {", "nick: { type: 'string' }, name: {"));
  const checked = await json<{ ok: boolean; findings: { code: string; message: string }[] }>("check", "--models");
  assert.equal([checked.status, checked.json.findings.map(({ code, message }) => `${code} ${message}`)], [1, ["MODEL_DIFFERENCE add column customers.nick text"]]);
  const second = await json<Written>("revision", "--autogenerate", "-m", "nick", "--format", "sql");
  assert.match(second.json.text ?? "", /-- gmig up\nalter table customers add column nick text;/);
  await run("upgrade");
  assert.equal((await json<{ ok: boolean }>("check", "--models")).json.ok, true);
  await run("downgrade", "base");
  assert.is(await dump(url), before);
});

test("the property behind a new column is named, and how to say that it is none", async () => {
  const { run, json, write } = await shop();
  await run("revision", "--autogenerate", "-m", "customers");
  await run("upgrade");
  write("models/customer.ts", CUSTOMER.replace("name: {", "formatted: { type: 'object' }, name: {"));
  const checked = await run("check", "--models");
  assert.match(checked.stdout, /^found MODEL_DIFFERENCE add column customers\.formatted jsonb \(Customer\.formatted\)\nWhere it is no column, the model says so: in Customer, static tableSchema = \{ columns: \{ formatted: false \} \}\nhint:/);
  const { text } = (await json<Written>("revision", "--autogenerate", "-m", "formatted", "--dry-run")).json;
  assert.match(text ?? "", /Changed:\n.*add column customers\.formatted jsonb \(Customer\.formatted\)\n/);
  write("models/customer.ts", CUSTOMER.replace("name: {", "formatted: { type: 'object' }, name: {").replace("static jsonSchema", "static tableSchema = { columns: { formatted: false } };\n  static jsonSchema"));
  assert.equal((await run("check", "--models")).stdout, "All is well.\n");
});

test("a database that is not at the head is refused; --offline needs none", async () => {
  const { json, write } = await shop();
  await json("revision", "--autogenerate", "-m", "customers");
  const behind = await json<Failed>("revision", "--autogenerate", "-m", "more");
  assert.equal([behind.status, behind.json.error.code, behind.json.error.hint], [3, "NOT_AT_HEAD", "gmig upgrade"]);
  const nothing = await json<Written>("revision", "--autogenerate", "-m", "more", "--offline");
  assert.is(nothing.json.revision, null);
  write("models/customer.ts", CUSTOMER.replace("maxLength: 200", "maxLength: 300"));
  const more = await json<Written>("revision", "--autogenerate", "-m", "more", "--offline");
  assert.match(more.json.operations.join(), /customers\.email/);
});

test("questions: by flags, or exit 2 with the questions when nobody can answer", async () => {
  const { url, json, run, write } = await shop();
  await json("revision", "--autogenerate", "-m", "customers");
  await run("upgrade");
  await query(url, "insert into customers (email, name) values ('a@b', 'Ada')");
  write("models/customer.ts", CUSTOMER.replaceAll("name", "full_name"));
  const open = await json<Failed>("revision", "--autogenerate", "-m", "names");
  assert.equal([open.status, open.json.error.code], [2, "QUESTIONS_OPEN"]);
  assert.ok((open.json.error.data.questions ?? []).length > 0);
  assert.is(open.json.error.hint, "--rename customers.name:full_name");
  const typo = (await run("revision", "--autogenerate", "-m", "names", "--rename", "customers.name:fulname")).stderr;
  assert.match(typo, /^error QUESTIONS_OPEN .*\n {2}Was the column customers\.full_name called name before\?\n {4}--rename customers\.name:full_name or --new customers\.full_name\n/);
  assert.match(typo, /\n {2}--rename or --new customers\.fulname answers no question: .*\nhint: gmig revision .* --rename customers\.name:fulname --rename customers\.name:full_name\n$/);
  const renamed = await json<Written>("revision", "--autogenerate", "-m", "names", "--rename", "customers.name:full_name");
  assert.equal(renamed.json.operations, ["rename column customers.name to full_name"]);
  await run("upgrade");
  assert.equal(await query(url, "select full_name from customers"), [{ full_name: "Ada" }]);
  write("models/customer.ts", CUSTOMER.replaceAll("name", "full_name").replace('required: ["email"', 'required: ["city", "email"').replace("properties: {", "properties: { city: { type: 'string' },"));
  const filled = await json<Written>("revision", "--autogenerate", "-m", "city", "--value", "customers.city='Lisbon'");
  assert.is(filled.status, 0);
  assert.is((await run("upgrade")).status, 0);
  assert.equal(await query(url, "select city from customers"), [{ city: "Lisbon" }]);
  for (const flags of [["--rename", "nonsense"], ["--rename", "customers.city:town"], ["--value", "customers.zip=1"]]) {
    assert.is((await json<Failed>("revision", "--autogenerate", "-m", "x", ...flags)).json.error.code, "USAGE", flags.join(" "));
  }
});

test("a table that moves to another schema is one by the flag that the question names", async () => {
  const { url, json, run, write } = await shop({ schemas: ["public", "app"] });
  await query(url, "create schema app; create table app.customers (id int primary key generated by default as identity, email varchar(200), name text)");
  const open = await json<Failed>("revision", "--autogenerate", "-m", "x", "--drop-undeclared");
  assert.equal([open.json.error.code, open.json.error.hint], ["QUESTIONS_OPEN", "--rename app.customers:public.customers"]);
  for (const flag of ["app.customers:public.customers", "app.customers:customers"]) {
    const moved = await json<Written>("revision", "--autogenerate", "-m", "x", "--dry-run", "--drop-undeclared", "--rename", flag);
    assert.equal(moved.json.operations?.[0], "rename table app.customers to customers", flag);
  }
  write("models/customer.ts", CUSTOMER.replace('"customers"', '"app.clients"'));
  const back = await run("revision", "--autogenerate", "-m", "x", "--rename", "app.customers:app.clients");
  assert.match(back.stdout, "rename table app.customers to app.clients");
});

test("a rename that need not be answered is named, with the flag that says it", async () => {
  const { url, run, json } = await shop();
  await query(url, "create table customers (id int primary key generated by default as identity, email varchar(200), full_name text)");
  const said = "customers.name is new; if it is full_name renamed, say renamedFrom in the model or --rename customers.full_name:name";
  const { stdout } = await run("revision", "--autogenerate", "-m", "x", "--dry-run", "--value", "customers.name=''");
  assert.match(stdout, `Perhaps renamed:\n  ${said}\n`);
  assert.not.match(stdout, "1 suggestions");
  const verbose = await run("revision", "--autogenerate", "-m", "x", "--dry-run", "-v", "--value", "customers.name=''");
  assert.is(verbose.stdout.split(said).length, 2);
  assert.match((await run("check", "--models")).stdout, `perhaps renamed: ${said}\n`);
  const checked = await json<{ models: { suggestions: string[]; possibleRenames: string[] } }>("check", "--models");
  assert.equal([checked.json.models.suggestions, checked.json.models.possibleRenames], [[said], [said]]);
});

test("the configuration's include and rewrite, and what is kept", async () => {
  const { url, json, write, root } = await shop();
  await query(url, "create table legacy (id int); create table audit (id int); create table knex_migrations (id int)");
  const found = await json<Written>("revision", "--autogenerate", "-m", "x", "--dry-run");
  assert.equal(found.json.kept.filter((kept) => kept.startsWith("table")), ["table audit", "table legacy"]);
  const dropped = await gmigJson<Written>(root, ["revision", "--autogenerate", "-m", "x", "--drop-undeclared", "--dry-run"], { env: { GMIG_DATABASE: url } });
  assert.equal([...dropped.json.operations].sort(), ["create table customers", "drop table audit", "drop table legacy"]);
  write("gmig.config.mjs", `export default { models: "models/*.ts", include: ({ name }) => name !== "audit", rewrite: (operations) => operations.filter(({ kind }) => kind !== "create table") };`);
  const env = { GMIG_DATABASE: url, GMIG_CONFIG: "gmig.config.mjs" };
  const rewritten = await gmigJson<Written>(root, ["revision", "--autogenerate", "-m", "x"], { env });
  assert.equal([rewritten.json.revision, rewritten.json.kept.filter((kept) => kept.startsWith("table"))], [null, ["table legacy"]]);
  const { stdout } = await gmig(root, ["revision", "--autogenerate", "-m", "x"], { env });
  assert.match(stdout, "Nothing to write: the configuration's rewrite left none of the changes.");
});

test("include leaves out columns too", async () => {
  const { url, root, write } = await shop();
  write("gmig.config.mjs", `export default { models: "models/*.ts", include: ({ kind, table, name }) => !(kind === "column" && table === "customers" && name === "email") };`);
  const { json } = await gmigJson<Written>(root, ["revision", "--autogenerate", "-m", "x", "--dry-run"], { env: { GMIG_DATABASE: url, GMIG_CONFIG: "gmig.config.mjs" } });
  assert.equal([json.operations, json.text?.includes("name"), json.text?.includes("email")], [["create table customers"], true, false]);
});

test("a function of the configuration that fails is no bug of gmig", async () => {
  const { url, root, write } = await shop();
  await query(url, "create table legacy (id int)");
  const said: string[] = [];
  const wrong = [`include: () => { throw new Error("no") }`, `rewrite: () => { throw new Error("no") }`, "rewrite: () => undefined", `rewrite: () => [{ kind: "nonsense" }]`];
  for (const [number, text] of wrong.entries()) {
    write(`${number}.config.mjs`, `export default { models: "models/*.ts", ${text} };`);
    const { status, json } = await gmigJson<Failed>(root, ["check", "--models"], { env: { GMIG_DATABASE: url, GMIG_CONFIG: `${number}.config.mjs` } });
    assert.equal([status, json.error.code], [2, "CONFIG_INVALID"], text);
    said.push((json.error as unknown as Error).message);
  }
  assert.match(said[0] ?? "", 'The function "include" of the configuration threw: no');
  assert.match(said[3] ?? "", `returned a list in which {"kind":"nonsense"} is no operation`);
});

test("models that keep connections open, a loader of the project's own, and models that are none", async () => {
  const { json, write } = await shop();
  write("models/customer.ts", `import pg from "pg";\nexport const pool = new pg.Pool();\n${CUSTOMER}`);
  assert.is((await json<Written>("revision", "--autogenerate", "-m", "x", "--dry-run")).status, 0);
  write("models/customer.ts", "export const nothing = 1;");
  const none = await json<Failed>("check", "--models");
  assert.equal([none.status, none.json.error.code], [2, "MODEL_INVALID"]);
  write("models/plain.mjs", CUSTOMER.replace("export class", "export default class"));
  write("loader.mjs", "globalThis.registered = true;");
  write("gmig.config.json", JSON.stringify({ models: "models/plain.mjs", register: ["./loader.mjs"] }));
  assert.equal((await json<Written>("revision", "--autogenerate", "-m", "x", "--dry-run")).json.operations, ["create table customers"]);
  assert.is((globalThis as { registered?: boolean }).registered, true);
});

test("a written revision is formatted as the project is", async () => {
  const { json, write } = await shop();
  write(".prettierrc.json", '{ "singleQuote": true, "semi": false }');
  const { file } = (await json<Written>("revision", "--autogenerate", "-m", "customers")).json;
  const { readFileSync } = await import("node:fs");
  const { json: shown } = await json<{ revisions: { path: string }[] }>("show", "head");
  assert.match(readFileSync(shown.revisions[0]?.path ?? "", "utf8"), /^export const message = 'customers'$/m);
  assert.ok(file);
});

test.run();
