import { suite } from "uvu";
import type { Change } from "./change.js";
import { runChanges } from "./run-changes.js";

const test = suite("autogenerate/changes/listed-values");

/** The column `s` and its check in the database, values that `jsonSchema` may list without a difference, more, and the check before and after. */
type Row = readonly [name: string, type: string, check: string, fits: readonly string[], more: readonly string[], before: string, after: string];

const text = (values: string): string => `ARRAY[${values.split(" ").map((value) => `'${value}'::text`).join(", ")}]`;
const varchar = (values: string): string => `(ARRAY[${values.split(" ").map((value) => `'${value}'::character varying`).join(", ")}]::character varying[])::text[]`;
const citext = (values: string): string => `ARRAY[${values.split(" ").map((value) => `'${value}'::citext`).join(", ")}]`;

const ROWS: readonly Row[] = [
  ["a list", "text", "s in ('a', 'b')", ["b"], ["b", "c"], `(s = ANY (${text("a b")}))`, `(s = ANY (${text("a b c")}))`],
  ["null or a list", "text", "s is null or s in ('a', 'b')", ["a", "b"], ["a", "c"], `((s IS NULL) OR (s = ANY (${text("a b")})))`, `((s IS NULL) OR (s = ANY (${text("a b c")})))`],
  ["a list or null", "text", "s = any (array['a', 'b']) or s is null", ["a"], ["c"], `((s = ANY (${text("a b")})) OR (s IS NULL))`, `((s IS NULL) OR (s = ANY (${text("a b c")})))`],
  ["null or a varchar's list", "varchar(9)", "s is null or s in ('a', 'b')", ["a"], ["c"], `((s IS NULL) OR ((s)::text = ANY (${varchar("a b")})))`, `((s IS NULL) OR ((s)::text = ANY (${varchar("a b c")})))`],
  ["alternatives and null", "text", "s = 'a' or s is null or s in ('b', 'c')", ["a", "c"], ["c", "d"], `((s = 'a'::text) OR (s IS NULL) OR (s = ANY (${text("b c")})))`, `((s IS NULL) OR (s = ANY (${text("a b c d")})))`],
  ["an array in one literal", "text", "s = any ('{a,b}')", ["a"], ["c"], "(s = ANY ('{a,b}'::text[]))", `(s = ANY (${text("a b c")}))`],
  ["a value with words of SQL", "text", "s in ('x OR y', ') OR (s IS NULL') or s is null", ["x OR y"], ["z"], "((s = ANY (ARRAY['x OR y'::text, ') OR (s IS NULL'::text])) OR (s IS NULL))", "((s IS NULL) OR (s = ANY (ARRAY['x OR y'::text, ') OR (s IS NULL'::text, 'z'::text])))"],
  ["citext, letters in another case", "citext", "s in ('New', 'Paid')", ["NEW", "paid"], ["paid", "Sent"], `(s = ANY (${citext("New Paid")}))`, `(s = ANY (${citext("New Paid Sent")}))`],
  ["citext compared as text", "citext", "s::text in ('New', 'Paid')", ["New"], ["New", "paid"], `((s)::text = ANY (${text("New Paid")}))`, `((s)::text = ANY (${text("New Paid paid")}))`],
  ["char, blanks at the end", "char(3)", "s in ('a', 'b  ')", ["a ", "b"], [" a"], "(s = ANY (ARRAY['a'::bpchar, 'b  '::bpchar]))", "(s = ANY (ARRAY['a'::bpchar, 'b  '::bpchar, ' a'::bpchar]))"],
];

const withValues = (values: readonly string[]) => ({ t: { columns: { id: {}, s: {} }, jsonSchema: { type: "object", properties: { s: { type: ["string", "null"], enum: [...values, null] } } } } });

const CHANGES = ROWS.map(([name, type, check, fits, more, before, after]): Change => ({
  name,
  sql: `create extension citext; create table t (id int, s ${type}, constraint k check (${check}))`,
  before: withValues(fits),
  after: withValues(more),
  operations: [`drop check k on t: ${before}`, `add check k on t: ${after}`],
}));

/** Checks that say more than which values there may be, so that nobody knows what they admit. */
const OTHERS = ["s in ('a', 'b') or id > 1", "s is not null and s in ('a', 'b')", "s in ('a', null)", "s <> 'a' or s is null", "s is null"];

const UNKNOWN = OTHERS.map((check): Change => ({
  name: `no list: ${check}`,
  sql: `create table t (id int, s text, constraint k check (${check}))`,
  before: withValues(["a"]),
  after: withValues(["a", "c"]),
  operations: [],
}));

runChanges(test, [...CHANGES, ...UNKNOWN]);

test.run();
