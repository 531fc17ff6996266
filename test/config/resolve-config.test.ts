import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Config, ConfigFlags } from "../../src/config/config.js";
import { resolveConfig } from "../../src/config/resolve-config.js";
import { thrown } from "../support/thrown.js";

const test = suite("config/resolve-config");

interface Around {
  readonly flags?: ConfigFlags;
  readonly env?: Readonly<Record<string, string>>;
  readonly interactive?: boolean;
}

function resolved(value: unknown, { flags = {}, env = {}, interactive = false }: Around = {}): Config {
  return resolveConfig(value, { root: "/project", file: "/project/gmig.config.ts", cache: "/cache" }, flags, { cwd: "/project", env, interactive });
}

async function message(value: unknown, around: Around = {}): Promise<string> {
  const error = await thrown(() => resolved(value, around));
  return `${error.code}: ${error.message}`;
}

test("the database: flag before environment before file, and it says where it is from", () => {
  const value = { database: "pglite:file" };
  const all = { flags: { database: "pglite:flag" }, env: { GMIG_DATABASE: "pglite:env" } };
  assert.equal(resolved(value, all).database, { kind: "named", setting: "pglite:flag", from: "--database" });
  assert.equal(resolved(value, { env: all.env }).database, { kind: "named", setting: "pglite:env", from: "GMIG_DATABASE" });
  assert.equal(resolved(value, { env: { GMIG_DATABASE: "" } }).database, { kind: "named", setting: "pglite:file", from: "/project/gmig.config.ts" });
});

test("the environment: what is said on purpose is kept apart from what the file says", () => {
  const value = { environment: "development" };
  const seen = (around: Around): unknown => {
    const { environment, environmentSaid } = resolved(value, around);
    return [environment, environmentSaid];
  };
  assert.equal(seen({}), ["development", null]);
  assert.equal(seen({ env: { GMIG_ENVIRONMENT: "test" } }), ["development", "test"]);
  assert.equal(seen({ env: { GMIG_ENVIRONMENT: "test" }, flags: { environment: "production" } }), ["development", "production"]);
  assert.equal(seen({ env: { GMIG_ENVIRONMENT: "" } }), ["development", null]);
});

test("an environment of another name is refused, wherever it stands", async () => {
  assert.is(await message({}, { flags: { environment: "staging" } }), 'USAGE: --environment must be development, test or production, not "staging"');
  assert.is(await message({}, { env: { GMIG_ENVIRONMENT: "prod" } }), 'USAGE: GMIG_ENVIRONMENT must be development, test or production, not "prod"');
  assert.is(await message({ environment: "live" }), "CONFIG_INVALID: /project/gmig.config.ts: environment must be development, test or production");
});

test("the embedded PostgreSQL is never taken by itself under CI or in production, nor where nobody is asked", () => {
  const allowed = (around: Around, value: object = {}): boolean => {
    const { database } = resolved(value, around);
    return database.kind === "unnamed" && database.embeddedAllowed;
  };
  assert.is(allowed({ interactive: true }), true);
  assert.is(allowed({}), false);
  assert.is(allowed({}, { environment: "development" }), true);
  assert.is(allowed({ flags: { environment: "development" } }), true);
  assert.is(allowed({ env: { GMIG_ENVIRONMENT: "development" } }), true);
  assert.is(allowed({}, { environment: "test" }), false);
  for (const env of [{ CI: "true" }, { CI: "1" }, { CI: "false" }, { NODE_ENV: "production" }]) {
    assert.is(allowed({ interactive: true, env }), false, JSON.stringify(env));
    assert.is(allowed({ env }, { environment: "development" }), false, JSON.stringify(env));
  }
  assert.is(allowed({ interactive: true, env: { CI: "", NODE_ENV: "test" } }), true);
});

test("unknown keys are named with the one that was meant, else with all", async () => {
  const expected = [
    [{ migration: "x" }, /unknown key "migration"; did you mean migrations\?/],
    [{ Database: "x" }, /unknown key "Database"; did you mean database\?/],
    [{ "lock-timeout": "1s" }, /unknown key "lock-timeout"; did you mean lockTimeout\?/],
    [{ ledger: "x" }, /did you mean ledgerSchema\?/],
    [{ databse: "x" }, /unknown key "databse"; did you mean database\?/],
    [{ Enviroment: "x" }, /unknown key "Enviroment"; did you mean environment\?/],
    [{ databases: { main: { lockTimeot: "1s" } } }, /unknown key "lockTimeot"; did you mean lockTimeout\?/],
    [{ 12: "x" }, /unknown key "12"; the keys are/],
    [{ folder: "x" }, /; the keys are database, migrations, /],
    [{ databases: { main: { migration: "x" } } }, /databases\.main has the unknown key "migration"; did you mean migrations\?/],
    [{ databases: { main: { databases: {} } } }, /databases\.main has the unknown key "databases"/],
  ] as const;
  for (const [value, pattern] of expected) assert.match(await message(value), pattern);
});

test("a wrong type is told with what is expected", async () => {
  const wrong: Readonly<Record<string, readonly unknown[]>> = {
    database: ["", 3, null, [], true],
    migrations: ["", [], [""], 3, null, {}],
    recursive: ["yes", 1, null],
    models: ["", [], [3]],
    environment: ["Development", null],
    ledgerSchema: ["", 3],
    lockTimeout: [10, "10", "10 hours", "soon", "-1s"],
    shadow: ["", {}],
    template: ["", true],
    fileName: ["{time}", "a/{id}", "a\\{id}", 3],
    onStep: ["x", {}],
    databases: [[], {}, null, "x", { main: null }, { main: "pglite:x" }],
  };
  for (const [key, values] of Object.entries(wrong)) {
    for (const value of values) assert.match(await message({ [key]: value }), new RegExp(`^CONFIG_INVALID: .*\\b${key}\\b.* must be `), `${key}: ${JSON.stringify(value)}`);
  }
});

test("right values pass, and what is undefined is as good as left out", () => {
  const onStep = (): void => undefined;
  const config = resolved({ migrations: ["a", "/b"], recursive: true, models: "m/*.ts", lockTimeout: "500ms", template: "t.sql", fileName: "{year}{id}", onStep, shadow: undefined, ledgerSchema: undefined });
  assert.equal([config.migrations, config.models, config.template, config.shadow, config.ledgerSchema], [["/project/a", "/b"], ["m/*.ts"], "/project/t.sql", null, "public"]);
  assert.is(config.onStep, onStep);
  for (const lockTimeout of ["10s", "500ms", "2min", "2 min"]) assert.is(resolved({ lockTimeout }).lockTimeout, lockTimeout);
});

const SEVERAL = { ledgerSchema: "shared", environment: "test", databases: { main: { database: "pglite:main" }, reports: { database: "pglite:reports", migrations: "reports", ledgerSchema: "own" } } };

test("several databases: by --name, else GMIG_NAME; each has what stands beside them, unless it says otherwise", () => {
  const main = resolved(SEVERAL, { flags: { name: "main" }, env: { GMIG_NAME: "reports" } });
  assert.equal([main.name, main.ledgerSchema, main.environment, main.migrations], ["main", "shared", "test", ["/project/.migrations"]]);
  const reports = resolved(SEVERAL, { env: { GMIG_NAME: "reports" } });
  assert.equal([reports.name, reports.ledgerSchema, reports.environment, reports.migrations], ["reports", "own", "test", ["/project/reports"]]);
  assert.equal(reports.database, { kind: "named", setting: "pglite:reports", from: "/project/gmig.config.ts" });
});

test("several databases without a name, or with a wrong one, are told with the names", async () => {
  assert.is(await message(SEVERAL), "USAGE: The configuration has several databases: main, reports");
  assert.is(await message(SEVERAL, { env: { GMIG_NAME: "" } }), "USAGE: The configuration has several databases: main, reports");
  assert.is(await message(SEVERAL, { flags: { name: "toString" } }), "USAGE: There is no database named toString: the configuration has main, reports");
  assert.is(await message({}, { flags: { name: "main" } }), "USAGE: There is no database named main: the configuration has no databases");
  assert.is(resolved({}, { env: { GMIG_NAME: "" } }).name, null);
  assert.is(resolved({ databases: { only: {} } }).name, "only");
  const error = await thrown(() => resolved(SEVERAL));
  assert.equal([error.hint, error.data], ["--name main", { names: ["main", "reports"] }]);
});

test.run();
