import { suite } from "uvu";
import * as assert from "uvu/assert";
import { faithfulExpression, stableExpression } from "../../src/schema/stable-expression.js";
import { connect, freshDatabase } from "../support/postgres.js";

const test = suite("schema/stable-expression");

/** Checks on `(a varchar(9), b int, c text, d varchar[])` as people write them. */
const CHECKS = [
  "a in ('x', 'y')",
  "a in ('it''s', '(ARRAY[''x''::text])::y[]', E'b\\\\c')",
  "a not in ('x', 'y') or b > 0",
  "a in ('x')",
  "d <@ array['x', 'y']::varchar[]",
  "d <@ (array['x', 'y'])::varchar[]",
  "a in ('x'::varchar, 'y'::text)",
  "a in ('x'::bpchar, 'y')",
  "a in ('x'::varchar(3), 'y')",
  "a in ('x'::varchar(3), 'y'::varchar(3))",
  "a in ('C:\\\\', 'y', '(]')",
  "a in ('x', null)",
  "a in ('x', lower('Y'), 'z')",
  "a in ('x', a || 'y')",
  "a = any (array['x'::text, 'y'::text]::varchar[])",
  "a = any (array[a, c])",
  "a = any (array[a, 'x'::varchar]::text[])",
  "c = any (array[a, a]::text[])",
  "c in ('x'::varchar, 'y')",
  "c in ('x'::varchar, 'y'::bpchar)",
  "c in ('x'::varchar, a)",
  "c = any (array['x'::varchar, a])",
  "d <@ array['x'::text, 'y'::text]::varchar[]",
  "d <@ array[c, 'y'::text]::varchar[]",
  "d <@ array['x'::varchar(3), 'y'::varchar(3)]",
  "d[1] in ('x', 'y') and (array['x', a])[b] = any (array['y', c]::varchar[])",
  "(array[array['x'::varchar, a], array['y', a]])::text[] @> array[array[c, c]]",
  "b = any (array[1, 2]::bigint[])",
  "b in (1, 2.5)",
  "b in (1, 2::bigint)",
  "b = any (array[1::smallint, b])",
  "a in ('x', case when c in ('x'::varchar, 'y') then 'y' else a end)",
  "b between 1 and 2 and c <> ''",
  "c <> '' and b between 1 and 2",
  "(b between 1 and 2 and b between 3 and 4) and c <> ''",
  "(b not between 1 and 2 or c = '') or b = 3",
  "not (b between 1 and 2 and c = ') AND (') and \"odd (AND\" > 1",
  "case when b between 1 and 2 and c = '' then true else b in (1, 2) end",
  "length(c) < 3 and (b > 1 and b < 5)",
  "(b, c) = (1, 'x') and b > 0",
  "b + 1 between -1 and b * 2 and c between 'a' and 'z' or b not between symmetric 1 and 2 or a is null",
  "(a || c) collate \"C\" between 'a' and 'b' and case when b > 1 then 1 else 2 end between 1 and 2 and c <> ''",
  "case when b > 1 then 1 else 2 end between 1 and 2 and c <> ''",
];

/** Of these, the first print is not to be had again by reading any text that is made of it. */
const WITHOUT_WORDS: readonly string[] = ["a in ('x'::varchar(3), 'y')", "a = any (array[a, c])", "c = any (array['x'::varchar, a])", "(b, c) = (1, 'x') and b > 0"];

test("a print is the same text whether it was read once or twice, and can be had again", async () => {
  const { url } = await freshDatabase();
  const session = await connect(url);
  try {
    await session.query(`create table t (a varchar(9), b int, c text, d varchar[], "odd (AND" int)`);
    const print = async (expression: string): Promise<string> => {
      await session.query(`alter table t add constraint k check (${expression})`);
      const [row] = await session.query<{ text: string }>("select pg_get_expr(conbin, conrelid) as text from pg_constraint where conname = 'k'");
      await session.query("alter table t drop constraint k");
      return row?.text ?? "";
    };
    for (const check of CHECKS) {
      const once = await print(check);
      const twice = await print(once);
      const stable = stableExpression(once);
      assert.is(stableExpression(twice), stable, check);
      assert.is(stableExpression(await print(stable)), stable, check);
      assert.is(stableExpression(stable), stable, check);
      assert.is(await print(faithfulExpression(twice)), twice, check);
      if (!WITHOUT_WORDS.includes(check)) assert.is(await print(faithfulExpression(once)), once, check);
    }
  } finally {
    await session.close();
  }
});

test("a list's own type goes before its cast, and what begins with an AND is one", () => {
  const list = "((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying]::character varying[])::text[]))";
  assert.is(stableExpression("((a)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[]))"), list);
  assert.is(stableExpression("((a)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text]))"), list);
  assert.is(stableExpression("(((a >= 1) AND (a <= 2)) AND b)"), "((a >= 1) AND (a <= 2) AND b)");
  assert.is(stableExpression("(((a >= 1) AND (a <= 2)) OR b)"), "(((a >= 1) AND (a <= 2)) OR b)");
  assert.is(stableExpression("(a <> '((x AND y) AND z)'::text)"), "(a <> '((x AND y) AND z)'::text)");
});

test.run();
