import { suite } from "uvu";
import * as assert from "uvu/assert";
import { dumpCatalogue } from "./catalogue.js";
import { freshPglite, type FreshPglite } from "./pglite.js";

const test = suite<{ a: FreshPglite; b: FreshPglite }>("support/pglite");

test.before.each(async (context) => {
  context.a = await freshPglite();
  context.b = await freshPglite();
});

test.after.each(async ({ a, b }) => {
  await a.close();
  await b.close();
});

test("a fresh one is empty, answers as a queryable, and knows nothing of another", async ({ a, b }) => {
  const empty = await dumpCatalogue(b);
  assert.equal(await a.query("create table t (n int); insert into t values (7); select n from t"), [{ n: 7 }]);
  assert.equal(await a.query("select $1::int as n", [1]), [{ n: 1 }]);
  assert.match(await dumpCatalogue(a), "table public.t");
  assert.is(await dumpCatalogue(b), empty);
});

test("it may be closed twice, and then answers no more", async ({ a }) => {
  await a.close();
  await a.close();
  assert.ok(a.pglite.closed);
});

test.run();
