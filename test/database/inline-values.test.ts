import * as fc from "fast-check";
import { createRequire } from "node:module";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { inlineValues, type PrepareValue } from "../../src/database/inline-values.js";
import { quoteArray, quoteLiteral, quoteName } from "../../src/database/ledger-tables.js";
import { connect, freshDatabase } from "../support/postgres.js";
import { runs } from "../support/series.js";

const test = suite("database/inline-values");

const { prepareValue } = createRequire(import.meta.url)("pg/lib/utils.js") as { prepareValue: PrepareValue };

const inlined = (sql: string, ...values: readonly unknown[]): string => inlineValues(sql, values, prepareValue);

test("placeholders become literals, in any order and number", () => {
  assert.is(inlined("select $1, $2, $1", "a", 2), "select 'a', '2', 'a'");
  assert.is(inlined("select $10 + $1", ...Array.from({ length: 10 }, (_, index) => index)), "select '9' + '0'");
  assert.is(inlined("select $1, $2", null, undefined), "select null, null");
});

test("what only looks like a placeholder stays", () => {
  for (const text of ["'$1'", `"$1"`, "-- $1\n", "/* $1 */", "$$ $1 $$", "$body$ $1 $$ $2 $body$", "E'it\\'s $1'", "'it''s $1'", `"a""$1"`, "e'\\\\' || '$1'"]) {
    assert.is(inlined(`select ${text} || $1`, "v"), `select ${text} || 'v'`, text);
  }
});

test("without values nothing is touched", () => {
  assert.is(inlined("select $1"), "select $1");
});

test("the server reads the same as from the driver, whatever the value", async () => {
  const { url } = await freshDatabase();
  const connection = await connect(url);
  const values = fc.oneof(
    fc.string({ unit: "binary" }).filter((text) => !text.includes("\0")),
    fc.constantFrom("'", "\\", "\\'", "$1", "--", "E'\\''", "''", "\\x00"),
  );
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 4 }), async (list) => {
        const sql = `select ${list.map((_, index) => `$${index + 1}::text as c${index}`).join(", ")}`;
        assert.equal(await connection.query(inlined(sql, ...list)), await connection.query(sql, list));
      }),
      runs(60, 1000),
    );
    const typed: readonly (readonly [string, unknown])[] = [
      ["bytea", Buffer.from([0, 39, 92, 255])],
      ["timestamptz", new Date("2026-01-02T03:04:05.678Z")],
      ["jsonb", { a: ["it's", null, { b: "\\" }] }],
      ["text[]", ["a'b", 'c"d', "e\\f", null, "{x}"]],
      ["int[]", [1, 2, null]],
      ["bool", true],
      ["numeric", 1.5],
      ["int8", 9007199254740993n],
      ["int", null],
    ];
    for (const [type, value] of typed) {
      const sql = `select $1::${type}::text as value`;
      assert.equal(await connection.query(inlined(sql, value)), await connection.query(sql, [value]), type);
    }
  } finally {
    await connection.close();
  }
});

test("names, literals and arrays are quoted whatever is in them", async () => {
  const { url } = await freshDatabase();
  const connection = await connect(url);
  const odd = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).filter((text) => !text.includes("\0"));
  try {
    for (const setting of ["on", "off"]) {
      await connection.query(`set standard_conforming_strings = ${setting}; set escape_string_warning = off`);
      await fc.assert(
        fc.asyncProperty(odd, fc.array(odd, { maxLength: 3 }), async (text, list) => {
          const [row] = await connection.query(`select ${quoteLiteral(text)} as ${quoteName("c")}, ${quoteArray(list)} as list`);
          assert.equal(row, { c: text, list });
        }),
        runs(40, 1000),
      );
    }
  } finally {
    await connection.close();
  }
});

test.run();
