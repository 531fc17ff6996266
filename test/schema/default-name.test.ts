import { suite } from "uvu";
import * as assert from "uvu/assert";
import { columnsInName, defaultName } from "../../src/schema/default-name.js";
import { freshDatabase, query } from "../support/postgres.js";

const test = suite("schema/default-name");

const LONG = "a_rather_long_name_for_a_column_that_goes_on_and_on";

test("constraints and sequences are named as PostgreSQL names them, long and many-byte names included", async () => {
  const database = await freshDatabase();
  for (const table of ["t", "a_table_whose_name_is_long_by_itself_already", "größenänderungen_und_überprüfungen_für_ämter"]) {
    for (const columns of [["a"], ["a", "b"], [LONG], [LONG, `${LONG}2`], ["é".repeat(31), "b"]]) {
      await query(database.url, `create table "${table}" (${columns.map((name) => `"${name}" int`).join()})`);
      const list = columns.map((name) => `"${name}"`).join();
      await query(database.url, `alter table "${table}" add unique (${list}), add unique (${list}), add foreign key (${list}) references "${table}" (${list})`);
      const rows = await query<{ name: string }>(database.url, `select conname::text as name from pg_constraint where conrelid = $1::regclass order by oid`, [`"${table}"`]);
      const inName = columnsInName(columns);
      const key = defaultName(table, inName, "key");
      assert.equal(rows.map(({ name }) => name), [key, defaultName(table, inName, "key", (name) => name === key), defaultName(table, inName, "fkey")]);
      await query(database.url, `drop table "${table}"`);
    }
  }
});

test.run();
