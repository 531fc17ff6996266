import { suite } from "uvu";
import * as assert from "uvu/assert";
import { importPg } from "../../src/database/import-pg.js";
import { thrown } from "../support/thrown.js";

const test = suite("database/import-pg");

/** What it sees of `navigator`, which pg looks at. */
function seen(): unknown {
  return (globalThis as { navigator?: { userAgent: string } }).navigator?.userAgent.split("/")[0];
}

test("pg is told that it runs in Node, and nobody else is afterwards", async () => {
  const before = seen();
  let meanwhile: unknown;
  const pg = await importPg(async (name) => {
    meanwhile = seen();
    return Promise.resolve({ name });
  });
  assert.equal([pg, meanwhile, seen()], [{ name: "pg" }, "Node.js", before]);
});

test("nor where the project lacks it", async () => {
  const before = seen();
  const error = await thrown(importPg(async () => Promise.reject(new Error("no such package"))));
  assert.equal([error.code, error.hint, seen()], ["CONFIG_INVALID", "npm install pg", before]);
});

test.run();
