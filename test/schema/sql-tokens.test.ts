import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sqlTokens } from "../../src/schema/sql-tokens.js";

const test = suite("schema/sql-tokens");

/** SQL, and its tokens but for white space. */
const ROWS: readonly (readonly [sql: string, tokens: readonly string[]])[] = [
  ["a = 'it''s'::text", ["a", "=", "'it''s'", "::", "text"]],
  ["a in ('C:\\', 'b')", ["a", "in", "(", "'C:\\'", ",", "'b'", ")"]],
  ["a in ('\\''', 'b')", ["a", "in", "(", "'\\'''", ",", "'b'", ")"]],
  ["a in (E'it\\'s', e'\\\\', 'b')", ["a", "in", "(", "E'it\\'s'", ",", "e'\\\\'", ",", "'b'", ")"]],
  ['"A ""b"" \'" <> one', ['"A ""b"" \'"', "<", ">", "one"]],
];

for (const [sql, tokens] of ROWS) {
  test(sql, () => {
    const found = sqlTokens(sql);
    assert.is(found.join(""), sql);
    assert.equal(found.filter((token) => token.trim() !== ""), tokens);
  });
}

test.run();
