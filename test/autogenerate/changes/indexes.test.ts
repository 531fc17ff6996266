import { suite } from "uvu";
import type { IndexSchema, TableSchema } from "../../../src/schema/table-schema.js";
import { tableChange, type Change } from "./change.js";
import { runChanges } from "./run-changes.js";

const test = suite("autogenerate/changes/indexes");

/** One attribute: `create index i on t …`, what is declared of it, what is declared after, and how messages say the one and the other. */
const ATTRIBUTES: readonly (readonly [name: string, sql: string, before: IndexSchema, after: IndexSchema, words: readonly [string, string], since?: number])[] = [
  ["columns", "(a)", { columns: ["a"] }, { columns: ["a", "b"] }, ["(a)", "(a, b)"]],
  ["order of columns", "(a, b)", { columns: ["a", "b"] }, { columns: ["b", "a"] }, ["(a, b)", "(b, a)"]],
  ["descending", "(a desc)", { columns: [{ column: "a", order: "desc" }] }, { columns: ["a"] }, ["(a desc)", "(a)"]],
  ["nulls first", "(a nulls first)", { columns: [{ column: "a", nulls: "first" }] }, { columns: [{ column: "a", nulls: "last" }] }, ["(a nulls first)", "(a)"]],
  ["nulls last, descending", "(a desc nulls last)", { columns: [{ column: "a", order: "desc", nulls: "last" }] }, { columns: [{ column: "a", order: "desc" }] }, ["(a desc nulls last)", "(a desc)"]],
  ["method", "using hash (a)", { columns: ["a"], method: "hash" }, { columns: ["a"] }, ["using hash (a)", "(a)"]],
  ["method brin, with options", "using brin (a) with (pages_per_range = 32)", { columns: ["a"], method: "brin", options: { pages_per_range: 32 } }, { columns: ["a"], method: "brin", options: { pages_per_range: 64 } }, ["using brin (a) with (pages_per_range=32)", "using brin (a) with (pages_per_range=64)"]],
  ["fillfactor", "(a) with (fillfactor = 70)", { columns: ["a"], options: { fillfactor: 70 } }, { columns: ["a"], options: {} }, ["(a) with (fillfactor=70)", "(a)"]],
  ["operator class", "(b text_pattern_ops)", { columns: [{ column: "b", operatorClass: "text_pattern_ops" }] }, { columns: ["b"] }, ["(b text_pattern_ops)", "(b)"]],
  ["operator class with parameters", "using gist (b gist_trgm_ops (siglen = 32))", { columns: [{ column: "b", operatorClass: "gist_trgm_ops (siglen = 32)" }], method: "gist" }, { columns: [{ column: "b", operatorClass: "gist_trgm_ops" }], method: "gist" }, ["using gist (b gist_trgm_ops (siglen='32'))", "using gist (b gist_trgm_ops)"]],
  ["operator class of an extension", "using gin (b gin_trgm_ops)", { columns: [{ column: "b", operatorClass: "gin_trgm_ops" }], method: "gin" }, { expressions: [{ expression: "lower(b)", operatorClass: "gin_trgm_ops" }], method: "gin" }, ["using gin (b gin_trgm_ops)", "using gin (lower(b) gin_trgm_ops)"]],
  ["collation", '(b collate "C")', { columns: [{ column: "b", collation: "C" }] }, { columns: [{ column: "b", collation: "POSIX" }] }, ['(b collate "C")', '(b collate "POSIX")']],
  ["expression", "(lower(b))", { expressions: ["lower(b)"] }, { expressions: ["upper(b)"] }, ["(lower(b))", "(upper(b))"]],
  ["expression of operators", "((a + 1), (b || c))", { expressions: ["a+1", "b || c"] }, { expressions: ["a + 2", "b || c"] }, ["(((a + 1)), ((b || c)))", "(((a + 2)), ((b || c)))"]],
  ["expression with a question mark", "((b = '?'))", { expressions: ["b = '?'"] }, { expressions: ["b ~ '\\?'"] }, ["(((b = '?'::text)))", "(((b ~ '\\?'::text)))"]],
  ["predicate", "(a) where b is not null", { columns: ["a"], where: "b is not null" }, { columns: ["a"], where: "b is null" }, ["(a) where b IS NOT NULL", "(a) where b IS NULL"]],
  ["predicate goes", "(a) where a > 0", { columns: ["a"], where: "(a>0)" }, { columns: ["a"] }, ["(a) where a > 0", "(a)"]],
  ["predicate with a list of varchars", "(a) where b::varchar in ('x', 'y')", { columns: ["a"], where: "b::varchar in ('x', 'y')" }, { columns: ["a"], where: "b::varchar in ('x', 'z')" }, ["(a) where ((b)::character varying)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying]::character varying[])::text[])", "(a) where ((b)::character varying)::text = ANY ((ARRAY['x'::character varying, 'z'::character varying]::character varying[])::text[])"]],
  ["included columns", "(a) include (b)", { columns: ["a"], include: ["b"] }, { columns: ["a"], include: ["b", "c"] }, ["(a) include (b)", "(a) include (b, c)"]],
  ["unique", "(a)", { columns: ["a"] }, { columns: ["a"], unique: true }, ["(a)", "unique (a)"]],
  ["unique nulls not distinct", "(a) nulls not distinct", { columns: ["a"], unique: true, nullsNotDistinct: true }, { columns: ["a"], unique: true }, ["unique (a) nulls not distinct", "unique (a)"], 15],
];

const CHANGES = ATTRIBUTES.map(([name, sql, before, after, [old, wish], since = 14]): Change => {
  const words = (text: string): string => `${text.startsWith("unique ") ? "unique index" : "index"} i on t ${text.replace("unique ", "")}`;
  const unique = before.unique === true ? "unique " : "";
  return tableChange(
    `index: ${name}`,
    `create extension pg_trgm; create ${unique}index i on t ${sql}`,
    { indexes: [{ name: "i", ...before }] },
    { indexes: [{ name: "i", ...after }] },
    [`drop ${words(old)}`, `create ${words(wish)}`],
    { since },
  );
});

/** What an index of `b` keeps of operator classes and collations as the column's type becomes another. */
const RETYPED = (
  [
    ["operator class of text, to a number", "text", "i on t (b text_pattern_ops desc, a) include (c) with (fillfactor = 70); comment on index i is 'x'; alter table t cluster on i", "integer", ["(b text_pattern_ops desc, a) include (c) with (fillfactor=70)", "(b desc, a) include (c) with (fillfactor=70)"]],
    ["two of them, one on another column", "character varying(9)", "i on t (c text_pattern_ops, b varchar_pattern_ops) where a > 1; create unique index j on t (c text_pattern_ops)", "uuid", ["(c text_pattern_ops, b varchar_pattern_ops) where a > 1", "(c text_pattern_ops, b) where a > 1"]],
    ["operator class of char, to a date", "character(3)", "i on t (b bpchar_pattern_ops)", "date", ["(b bpchar_pattern_ops)", "(b)"]],
    ["operator class of text, to char", "text", "i on t (b text_pattern_ops)", "character(9)", ["(b text_pattern_ops)", "(b)"]],
    ["operator class of hash, to an enum", "text", "i on t using hash (b text_pattern_ops)", "mood", ["using hash (b text_pattern_ops)", "using hash (b)"]],
    ["operator class of brin, to a wider number", "integer", "i on t using brin (b int4_minmax_multi_ops)", "bigint", ["using brin (b int4_minmax_multi_ops)", "using brin (b)"]],
    ["operator class of an array, to another", "integer[]", "i on t using gin (b gin__int_ops)", "bigint[]", ["using gin (b gin__int_ops)", "using gin (b)"]],
    ["collation, to a number", "text", 'i on t (b collate "C", c collate "C")', "integer", ['(b collate "C", c collate "C")', '(b, c collate "C")']],
    ["operator class that all texts have", "text", 'i on t (b collate "C" text_pattern_ops)', "character varying(9)", null],
    ["operator class of char that all texts have", "character(3)", "i on t (b bpchar_pattern_ops)", "text", null],
    ["operator class of brin, the type stays", "numeric(5,2)", "i on t using brin (b numeric_minmax_multi_ops)", "numeric(7,2)", null],
  ] as const
).map(([name, from, index, to, words]): Change => {
  const declared = (b: TableSchema["columns"]): TableSchema => ({ columns: { id: {}, a: {}, ...b, c: {} } });
  return {
    name: `index of a column whose type changes: ${name}`,
    sql: `create extension intarray; create type mood as enum ('x'); create table t (id int, a int, b ${from}, c text); create index ${index}`,
    before: { t: declared({ b: {} }) },
    after: { t: declared({ b: { type: to } }) },
    operations: [...(words === null ? [] : [`drop index i on t ${words[0]}`]), `alter column t.b: type ${from} becomes ${to}`, ...(words === null ? [] : [`create index i on t ${words[1]}`])],
  };
});

runChanges(test, [
  ...CHANGES,
  ...RETYPED,
  tableChange("index of a column whose type changes, as the model says", "create index i on t (b text_pattern_ops); create index j on t (b text_pattern_ops, a)", {}, { columns: { id: {}, a: {}, b: { type: "int" }, c: {} }, indexes: [{ columns: ["b"] }, { columns: ["b", "a"], unique: true }] }, [
    "drop index i on t (b text_pattern_ops)", "drop index j on t (b text_pattern_ops, a)", "alter column t.b: type text becomes integer", "create index i on t (b)", "create unique index t_b_a_idx on t (b, a)",
  ]),
  tableChange("index added", "", { indexes: [] }, { indexes: [{ columns: ["a", "b"] }] }, ["create index t_a_b_idx on t (a, b)"]),
  tableChange("index of an expression added, unnamed", "", { indexes: [] }, { indexes: [{ columns: ["a"], expressions: ["lower(b)", "a * 2"] }] }, ["create index t_a_lower_expr_idx on t (a, lower(b), ((a * 2)))"]),
  tableChange("index dropped, with all it has", "create index i on t (lower(b) desc, a) include (c) with (fillfactor = 50); comment on index i is 'it''s'; alter table t cluster on i", {}, { indexes: [] }, ["drop index i on t (lower(b) desc, a) include (c) with (fillfactor=50)"]),
  tableChange("index renamed", "create index i on t (a)", { indexes: [{ columns: ["a"] }] }, { indexes: [{ columns: ["a"], name: "J" }] }, ["rename index i on t to J"]),
  tableChange("index gets a comment", "create index i on t (a)", { indexes: [{ columns: ["a"] }] }, { indexes: [{ columns: ["a"], comment: "c" }] }, ["set comment on index t.i"]),
  tableChange("index becomes a unique constraint", "create unique index i on t (a)", { indexes: [{ columns: ["a"], unique: true }] }, { indexes: [], uniques: [{ columns: ["a"] }] }, ["drop unique index i on t (a)", "add unique constraint t_a_key on t (a)"]),
  tableChange("index changed without locking", "create index i on t (a)", { indexes: [{ columns: ["a"], name: "i" }] }, { indexes: [{ columns: ["b"], name: "i" }] }, ["drop index i on t (a)", "create index i on t (b)"], { options: { concurrently: true } }),
  tableChange("two indexes of one definition", "create index on t (a); create index on t (a)", { indexes: [{ columns: ["a"] }, { columns: ["a"] }] }, { indexes: [{ columns: ["a"] }] }, ["drop index t_a_idx1 on t (a)"]),
]);

test.run();
