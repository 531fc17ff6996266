import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readSource } from "../../src/database/source.js";
import { thrown } from "../support/thrown.js";

const test = suite("database/source");

test("URLs of servers, sockets and folders", () => {
  for (const url of ["postgres://u:p@h:1/d", "postgresql://h/d", "socket:/run/pg?db=d", "/run/postgresql d"]) {
    assert.equal(readSource(url, "/project"), { kind: "server", knex: { client: "pg", connection: url } });
  }
  const folders: readonly (readonly [string, string | null])[] = [
    ["pglite:.gmig/data", "/project/.gmig/data"],
    ["pglite:/elsewhere", "/elsewhere"],
    ["pglite://data", "/project/data"],
    ["pglite:", null],
    ["pglite:memory", null],
  ];
  for (const [url, folder] of folders) assert.equal(readSource(url, "/project"), { kind: "embedded", folder, knex: { client: "pg" } }, url);
});

test("Knex configurations keep what they say", () => {
  const connection = { host: "h", password: "p" };
  assert.equal(readSource({ client: "postgresql", connection, searchPath: ["a"] }, "/"), { kind: "server", knex: { client: "postgresql", connection, searchPath: ["a"] } });
  assert.equal(readSource({ connection }, "/"), { kind: "server", knex: { client: "pg", connection } });
  assert.is(readSource({ client: "pg", connection: "pglite:x" }, "/p").kind, "embedded");
  assert.is(readSource({ client: "pg", connection: { connectionString: "pglite:x" } }, "/p").kind, "embedded");
  const later = async (): Promise<{ host: string }> => ({ host: "h" });
  assert.is(readSource({ client: "pg", connection: later }, "/").kind, "server");
});

test("other kinds of database are refused, and the address with its password is not repeated", async () => {
  for (const [value, message] of [
    ["mysql://u:sekret@h/d", "The database address has mysql:; it must begin with postgres:// or pglite:"],
    ["u:sekret@h/d", "The database address has u:; it must begin with postgres:// or pglite:"],
    ["sekret", "The database address has no scheme; it must begin with postgres:// or pglite:"],
    ["", "The database address has no scheme; it must begin with postgres:// or pglite:"],
    [{ client: "mysql2", connection: "mysql://u:sekret@h/d" }, "gmig works on PostgreSQL; the Knex configuration has the client mysql2"],
  ] as const) {
    const error = await thrown(() => readSource(value, "/"));
    assert.equal([error.code, error.message], ["CONFIG_INVALID", message]);
    assert.not.match(JSON.stringify([error.data, error.hint ?? ""]), /sekret/);
  }
});

test.run();
