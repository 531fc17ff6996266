import { suite } from "uvu";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import type { Change } from "./change.js";
import { runChanges } from "./run-changes.js";

const test = suite("autogenerate/changes/check-prints");

/** A check that PostgreSQL prints otherwise once it has read its own print: the way back leads to the print that was there. */
const change = (name: string, sql: string, columns: TableSchema["columns"], operations: readonly string[], more: Partial<TableSchema> = {}): Change => ({
  name,
  sql: `create table t (id int, s varchar(9), u varchar(9), n int, ${sql}`,
  before: { t: { columns: { id: {}, s: {}, u: {}, n: {} }, closed: false } },
  after: { t: { columns: { id: {}, s: {}, u: {}, n: {}, ...columns }, closed: false, ...more } },
  operations,
});

const FROM_DUMP = "(s)::text = any (array[('a'::character varying)::text, ('b'::character varying)::text])";
const PRINT = "((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying]::character varying[])::text[]))";
const becomes = (column: string, to: string, from = "character varying(9)"): string => `alter column t.${column}: type ${from} becomes ${to}`;

runChanges(test, [
  change("a listed varchar becomes text", "check (s in ('a', 'b')))", { s: { type: "text" } }, [becomes("s", "text")]),
  change("a listed varchar gets longer", "check (s is null or s in ('a', 'b')))", { s: { type: "varchar(20)" } }, [becomes("s", "character varying(20)")]),
  change("a listed varchar becomes a number", "check (s in ('1', '2')))", { s: { type: "integer" } }, [becomes("s", "integer")]),
  change("a listed varchar gets a collation", "check (s in ('a', 'b')))", { s: { collation: "C" } }, [`${becomes("s", "character varying(9)")} collate "C"`]),
  change("a check of a database that came from a dump", `check (${FROM_DUMP}))`, { s: { type: "text" } }, [becomes("s", "text")]),
  change("a check has a comment, is not validated and not inherited", "constraint k check (s in ('a', 'b')) no inherit not valid); comment on constraint k on t is 'it''s'", { s: { type: "text" } }, [
    becomes("s", "text"),
  ]),
  change("one check of two columns", "check (s in ('a', 'b') or u in ('c', 'd')))", { s: { type: "text" }, u: { type: "text" } }, [becomes("s", "text"), becomes("u", "text")]),
  change("a check that children inherit", "check (s in ('a', 'b'))); create table child (x int) inherits (t)", { s: { type: "text" } }, [becomes("s", "text")]),
  change("a check of a computed column", "g varchar(9) generated always as (s) stored, check (g in ('a', 'b')))", { s: { type: "varchar(20)" }, g: {} }, [
    "drop check t_g_check on t: ((g)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying]::character varying[])::text[]))",
    "drop column t.g",
    becomes("s", "character varying(20)"),
    "add column t.g character varying(9)",
    "add check t_g_check on t: ((g)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying]::character varying[])::text[]))",
  ]),
  change("what begins with between becomes a bigint", "check (n between 1 and 5 and s <> ''))", { n: { type: "bigint" } }, [becomes("n", "bigint", "integer")]),
  change("what begins with between is dropped", "check (n not between 1 and length(s) or s <> ''))", {}, ["drop check t_check on t: ((n < 1) OR (n > length((s)::text)) OR ((s)::text <> ''::text))"], { checks: [], closed: true }),
  change("what came from a dump is dropped", `constraint k check (${FROM_DUMP}))`, {}, [`drop check k on t: ${PRINT}`], { checks: [], closed: true }),
  change("what came from a dump is renamed", `constraint k check (${FROM_DUMP}))`, {}, ["rename constraint k on t to l"], { checks: [{ name: "l", expression: "s in ('a', 'b')" }] }),
  change("what came from a dump goes with its column", `constraint k check (${FROM_DUMP}))`, { s: false }, [`drop check k on t: ${PRINT}`, "drop column t.s"], { closed: true }),
].map((row) => (row.name.includes("computed") ? { ...row, before: { t: { columns: { id: {}, s: {}, u: {}, n: {}, g: {} }, closed: false } } } : row)));

test.run();
