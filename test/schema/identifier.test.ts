import { suite } from "uvu";
import * as assert from "uvu/assert";
import { quoteIdentifier, unquoteIdentifier } from "../../src/schema/identifier.js";
import { freshDatabase, query } from "../support/postgres.js";

const test = suite("identifier");

const NAMES = ["users", "Order", "user", "type", "values", "a b", 'say "hi"', "1st", "_x1", "éclair", "a$b", "json_table", "x.y"];

test("a name is quoted where PostgreSQL itself quotes it, and comes back", async () => {
  const database = await freshDatabase();
  const rows = await query<{ name: string; quoted: string }>(
    database.url,
    "select name, quote_ident(name) as quoted from unnest($1::text[]) name",
    [NAMES],
  );
  for (const { name, quoted } of rows) {
    // Newer servers know more words; ours quotes what any of them does.
    if (name !== "json_table") assert.is(quoteIdentifier(name), quoted);
    assert.is(unquoteIdentifier(quoteIdentifier(name)), name);
  }
  assert.is(rows.length, NAMES.length);
});

test.run();
