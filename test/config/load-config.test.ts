import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Config, ConfigFlags } from "../../src/config/config.js";
import { configFrom, loadConfig } from "../../src/config/load-config.js";
import { freshFolder } from "../support/folder.js";
import { thrown } from "../support/thrown.js";

const test = suite("config/load-config");

/** A folder with this one file, which is a repository's top. */
function folderWith(name: string, text: string): string {
  const root = freshFolder();
  mkdirSync(join(root, ".git"));
  writeFileSync(join(root, name), text);
  return root;
}

async function load(root: string, flags: ConfigFlags = {}, env: Readonly<Record<string, string>> = {}): Promise<Config> {
  return loadConfig({ cwd: root, env, interactive: false }, flags);
}

const SETTINGS = `{ database: "pglite:data", migrations: ["a", "b"], environment: "test" }`;

test("every kind of file is loaded, package.json too", async () => {
  const files: readonly (readonly [string, string])[] = [
    ["gmig.config.ts", `import type { X } from "./nowhere.js";\nconst settings: object = ${SETTINGS};\nexport default settings satisfies X | object;`],
    ["gmig.config.mts", `export default ${SETTINGS} as const;`],
    ["gmig.config.cts", `export = ${SETTINGS};`],
    ["gmig.config.mjs", `export default ${SETTINGS};`],
    ["gmig.config.js", `module.exports = ${SETTINGS};`],
    ["gmig.config.cjs", `Object.defineProperty(exports, "__esModule", { value: true });\nexports.default = ${SETTINGS};`],
    ["gmig.config.json", `{ "database": "pglite:data", "migrations": ["a", "b"], "environment": "test" }`],
    ["package.json", `{ "gmig": { "database": "pglite:data", "migrations": ["a", "b"], "environment": "test" } }`],
  ];
  for (const [name, text] of files) {
    const root = folderWith(name, text);
    const config = await load(root);
    assert.equal(config.migrations, [join(root, "a"), join(root, "b")], name);
    assert.equal(config.database, { kind: "named", setting: "pglite:data", from: join(root, name) }, name);
    assert.equal([config.environment, config.environmentSaid, config.root, config.file], ["test", null, root, join(root, name)], name);
  }
});

test("a promise of a configuration is waited for", async () => {
  const root = folderWith("gmig.config.mjs", `export default Promise.resolve(${SETTINGS});`);
  assert.is((await load(root)).environment, "test");
});

test("what is left out has these values, and a folder of revisions alone will do", async () => {
  const root = freshFolder();
  mkdirSync(join(root, ".git"));
  mkdirSync(join(root, ".migrations"));
  assert.equal(await load(root), {
    name: null,
    root,
    file: null,
    cache: join(root, ".git/gmig"),
    database: { kind: "unnamed", embeddedAllowed: false },
    migrations: [join(root, ".migrations")],
    recursive: false,
    models: [],
    environmentSaid: null,
    environment: null,
    ledgerSchema: "public",
    lockTimeout: "10s",
    shadow: null,
    template: null,
    fileName: "{time}_{id}_{slug}",
    onStep: null,
    env: {},
    gitEnv: {},
    schemas: ["public"],
    enums: "check",
    foreignKeys: false,
    include: null,
    rewrite: null,
    formatter: null,
    register: [],
  });
  assert.ok(Object.isFrozen(await load(root)));
});

test("--config before GMIG_CONFIG before what is found", async () => {
  const root = folderWith("gmig.config.json", `{ "ledgerSchema": "found" }`);
  writeFileSync(join(root, "one.json"), `{ "ledgerSchema": "one" }`);
  writeFileSync(join(root, "two.json"), `{ "ledgerSchema": "two" }`);
  assert.is((await load(root, { config: "one.json" }, { GMIG_CONFIG: "two.json" })).ledgerSchema, "one");
  assert.is((await load(root, {}, { GMIG_CONFIG: "two.json" })).ledgerSchema, "two");
  assert.is((await load(root, {}, { GMIG_CONFIG: "" })).ledgerSchema, "found");
});

const BROKEN: readonly (readonly [name: string, text: string, message: RegExp])[] = [
  ["gmig.config.mjs", `throw new Error("no luck");`, /^gmig\.config\.mjs can't be loaded: no luck \(gmig\.config\.mjs:1:7\)$/],
  ["gmig.config.mjs", `throw "text";`, /^gmig\.config\.mjs can't be loaded: text$/],
  ["gmig.config.mjs", `\nexport default {`, /^gmig\.config\.mjs:\d:\d+: /],
  ["gmig.config.mjs", ``, /^gmig\.config\.mjs has no default export$/],
  ["gmig.config.mjs", `export const database = "pglite:x";`, /^gmig\.config\.mjs has no default export$/],
  ["gmig.config.mjs", `export default undefined;`, /gmig\.config\.mjs must be an object, not undefined$/],
  ["gmig.config.mjs", `export default null;`, /must be an object, not null$/],
  ["gmig.config.mjs", `export default [];`, /must be an object, not a list$/],
  ["gmig.config.mjs", `export default () => ({});`, /must be an object, not a function$/],
  ["gmig.config.mjs", `import "not-installed-anywhere";\nexport default {};`, /^Package "not-installed-anywhere" is not found, which gmig\.config\.mjs:1 imports$/],
  ["gmig.config.mjs", `import "./gone.js";\nexport default {};`, /^gmig\.config\.mjs:1:8: Could not resolve "\.\/gone\.js"$/],
  ["gmig.config.json", `{\n  "migrations": "x",\n}`, /gmig\.config\.json(:3)? is not valid JSON$/],
  ["gmig.config.json", ``, /gmig\.config\.json is not valid JSON$/],
  ["gmig.config.json", `"text"`, /must be an object, not a string$/],
  ["package.json", `{ "gmig": "x" }`, /package\.json must be an object, not a string$/],
];

for (const [index, [name, text, message]] of BROKEN.entries()) {
  test(`broken ${index}: ${name} with ${JSON.stringify(text).slice(0, 50)}`, async () => {
    const error = await thrown(load(folderWith(name, text)));
    assert.equal([error.code, error.exitStatus], ["CONFIG_INVALID", 2]);
    assert.match(error.message, message);
  });
}

test("package.json named though it holds nothing is told", async () => {
  for (const text of ["null", "{}"]) {
    const root = folderWith("package.json", text);
    assert.match((await thrown(load(root, { config: "package.json" }))).message, /must be an object, not undefined/);
  }
});

test("a configuration with a password tells its errors without it", async () => {
  const texts = [
    ["gmig.config.mjs", `export default { database: "postgres://u:sekret@h/d" migrations: 1 };`],
    ["gmig.config.json", `{ "database": "postgres://u:sekret@h/d" "x": 1 }`],
    ["gmig.config.json", `{ "database": "postgres://u:sekret@h/d", "databse": 1 }`],
  ] as const;
  for (const [name, text] of texts) {
    const error = await thrown(load(folderWith(name, text)));
    assert.is(error.code, "CONFIG_INVALID");
    assert.not.match(`${error.message} ${error.stack ?? ""} ${JSON.stringify(error.data)} ${JSON.stringify(error.cause)}`, /sekret/, name);
  }
});

test("a program's own settings are resolved without any file", async () => {
  const root = freshFolder();
  const config = configFrom({ migrations: "db", database: "pglite:" }, root, { GMIG_ENVIRONMENT: "test" });
  assert.equal([config.migrations, config.file, config.environmentSaid], [[join(root, "db")], null, "test"]);
  const error = await thrown(() => configFrom({ migrations: 3 as never }, root));
  assert.match(error.message, /^the configuration: migrations must be a text/);
});

test("a configuration that does not load is to be edited, unless something better is known", async () => {
  for (const [name, text] of [["gmig.config.json", "{ nonsense"], ["gmig.config.mjs", "export default {"], ["gmig.config.mjs", `throw new Error("no");`]] as const) {
    const error = await thrown(load(folderWith(name, text)));
    assert.equal([error.code, error.hint], ["CONFIG_INVALID", `edit ${name}`]);
  }
  for (const text of [`{ "databse": "x" }`, `{ "models": 3 }`, `{ "databases": {} }`, `{ "databases": { "main": { "databse": "x" } } }`, `{ "databases": { "main": 3 } }`]) {
    const error = await thrown(load(folderWith("gmig.config.json", text)));
    assert.equal([error.code, error.hint], ["CONFIG_INVALID", "edit gmig.config.json"], text);
  }
  const missing = await thrown(load(folderWith("gmig.config.mjs", `import "not-a-package"; export default {};`)));
  assert.is(missing.hint, "npm install not-a-package");
});

test.run();
