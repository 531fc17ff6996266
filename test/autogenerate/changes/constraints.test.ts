import { suite } from "uvu";
import { tableChange, type Change } from "./change.js";
import { runChanges } from "./run-changes.js";

const test = suite("autogenerate/changes/constraints");

const key = (sql: string): string => `alter table t add constraint k unique ${sql}`;
const reference = (sql: string): string => `create table u (x int, y int, primary key (x), unique (x, y)); alter table t add constraint f foreign key ${sql}`;
const U = { u: { columns: { x: {}, y: {} } } } as const;
const to = (name = "t_a_fkey", columns = "(a) to u (x)"): string => `foreign key ${name} on t ${columns}`;
const target = { table: "u", columns: ["x"] } as const;
const withU = (change: Change): Change => ({
  ...change,
  sql: change.sql.includes("create table u") ? change.sql : `${change.sql}; create table u (x int primary key, y int)`,
  before: { ...change.before, ...U },
  after: { ...change.after, ...U },
});

const KEYS: readonly Change[] = [
  tableChange("primary key added", "", { primaryKey: null }, { primaryKey: ["id"] }, ["alter column t.id: not null", "add primary key t_pkey on t (id)"]),
  tableChange("primary key dropped", "alter table t add primary key (id)", { primaryKey: ["id"] }, { primaryKey: null }, ["drop primary key t_pkey on t (id)", "alter column t.id: takes null"], {
    after: { t: { columns: { id: { nullable: true }, a: {}, b: {}, c: {} }, primaryKey: null } },
  }),
  tableChange("primary key of two columns", "alter table t add primary key (id)", { primaryKey: ["id"] }, { primaryKey: ["a", "id"] }, [
    "drop primary key t_pkey on t (id)", "alter column t.a: not null", "add primary key t_pkey on t (a, id)",
  ]),
  tableChange("primary key of a column that is else not declared", "alter table t add primary key (id)", { closed: false, columns: {} }, { closed: false, columns: {}, primaryKey: ["id", "a"] }, [
    "drop primary key t_pkey on t (id)", "alter column t.a: not null", "add primary key t_pkey on t (id, a)",
  ]),
  tableChange("primary key includes", "alter table t add primary key (id)", { primaryKey: ["id"] }, { primaryKey: { columns: ["id"], include: ["a"] } }, [
    "drop primary key t_pkey on t (id)", "add primary key t_pkey on t (id) include (a)",
  ]),
  tableChange("primary key deferrable", "alter table t add primary key (id)", { primaryKey: ["id"] }, { primaryKey: { columns: ["id"], deferrable: true } }, [
    "drop primary key t_pkey on t (id)", "add primary key t_pkey on t (id) deferrable",
  ]),
  tableChange("primary key renamed", "alter table t add primary key (id)", { primaryKey: ["id"] }, { primaryKey: { columns: ["id"], name: "The Key" } }, ["rename constraint t_pkey on t to The Key"]),
  tableChange("primary key gets a comment", "alter table t add primary key (id)", {}, { primaryKey: { columns: ["id"], comment: "it's" } }, ["set comment on constraint t.t_pkey"]),
  tableChange("primary key makes way for a foreign key's", "alter table t add primary key (id); create table u (x int references t, y int)", { primaryKey: ["id"] }, { primaryKey: { columns: ["id"], include: ["a"] } }, [
    "drop foreign key u_x_fkey on u (x) to t (id)", "drop primary key t_pkey on t (id)", "add primary key t_pkey on t (id) include (a)", "add foreign key u_x_fkey on u (x) to t (id)",
  ]),
].map((change) => (change.sql.includes("create table u") ? withU(change) : change));

const UNIQUES: readonly Change[] = [
  tableChange("unique added", "", { uniques: [] }, { uniques: [{ columns: ["a", "b"] }] }, ["add unique constraint t_a_b_key on t (a, b)"]),
  tableChange("unique dropped", key("(a)"), { uniques: [{ columns: ["a"] }] }, { uniques: [] }, ["drop unique constraint k on t (a)"]),
  tableChange("unique renamed", key("(a)"), { uniques: [{ columns: ["a"], name: "k" }] }, { uniques: [{ columns: ["a"], name: "l" }] }, ["rename constraint k on t to l"]),
  tableChange("unique's columns change", key("(a, b)"), { uniques: [{ columns: ["a", "b"] }] }, { uniques: [{ columns: ["b", "a"], name: "k" }] }, ["drop unique constraint k on t (a, b)", "add unique constraint k on t (b, a)"]),
  tableChange("unique includes", key("(a)"), { uniques: [{ columns: ["a"] }] }, { uniques: [{ columns: ["a"], include: ["b", "c"] }] }, ["drop unique constraint k on t (a)", "add unique constraint k on t (a) include (b, c)"]),
  tableChange("unique includes no more", key("(a) include (b)"), { uniques: [{ columns: ["a"], include: ["b"] }] }, { uniques: [{ columns: ["a"] }] }, ["drop unique constraint k on t (a) include (b)", "add unique constraint k on t (a)"]),
  tableChange("unique deferrable", key("(a)"), { uniques: [{ columns: ["a"] }] }, { uniques: [{ columns: ["a"], deferrable: true }] }, ["drop unique constraint k on t (a)", "add unique constraint k on t (a) deferrable"]),
  tableChange("unique deferred", key("(a) deferrable"), { uniques: [{ columns: ["a"], deferrable: true }] }, { uniques: [{ columns: ["a"], deferrable: "initially deferred" }] }, ["drop unique constraint k on t (a) deferrable", "add unique constraint k on t (a) deferrable initially deferred"]),
  tableChange("unique nulls not distinct", key("(a)"), { uniques: [{ columns: ["a"] }] }, { uniques: [{ columns: ["a"], nullsNotDistinct: true }] }, ["drop unique constraint k on t (a)", "add unique constraint k on t (a) nulls not distinct"], { since: 15 }),
  tableChange("unique nulls distinct", key("nulls not distinct (a)"), { uniques: [{ columns: ["a"], nullsNotDistinct: true }] }, { uniques: [{ columns: ["a"] }] }, ["drop unique constraint k on t (a) nulls not distinct", "add unique constraint k on t (a)"], { since: 15 }),
  tableChange("unique with options keeps them", `${key("(a)")} with (fillfactor = 50); comment on constraint k on t is 'x'`, { uniques: [{ columns: ["a"] }] }, { uniques: [{ columns: ["a"], deferrable: true }] }, ["drop unique constraint k on t (a)", "add unique constraint k on t (a) deferrable"]),
  tableChange("a period may not overlap", "create extension btree_gist; alter table t add during daterange", { uniques: [] }, { uniques: [{ columns: ["a", "during"], withoutOverlaps: true }] }, ["add unique constraint t_a_during_key on t (a, during without overlaps)"], {
    since: 18, before: { t: { columns: { id: {}, a: {}, b: {}, c: {}, during: {} } } },
    after: { t: { columns: { id: {}, a: {}, b: {}, c: {}, during: {} }, uniques: [{ columns: ["a", "during"], withoutOverlaps: true }] } },
  }),
];

const REFERENCES: readonly Change[] = [
  tableChange("foreign key added", "", { foreignKeys: [] }, { foreignKeys: [{ columns: ["a"], references: { table: "u" } }] }, [`add ${to()}`]),
  tableChange("foreign key dropped", reference("(a) references u"), { foreignKeys: [{ columns: ["a"], references: target }] }, { foreignKeys: [] }, [`drop ${to("f")}`]),
  tableChange("foreign key renamed", reference("(a) references u"), { foreignKeys: [{ columns: ["a"], references: target }] }, { foreignKeys: [{ columns: ["a"], references: target, name: "g" }] }, ["rename constraint f on t to g"]),
  tableChange("foreign key of two columns", reference("(a) references u"), { foreignKeys: [{ columns: ["a"], references: target }] }, { foreignKeys: [{ columns: ["a", "id"], references: { table: "u", columns: ["x", "y"] } }] }, [`drop ${to("f")}`, `add ${to("t_a_id_fkey", "(a, id) to u (x, y)")}`]),
  ...(["cascade", "restrict", "set null", "set default"] as const).flatMap((action) => [
    tableChange(`foreign key on delete ${action}`, reference("(a) references u"), { foreignKeys: [{ columns: ["a"], references: target }] }, { foreignKeys: [{ columns: ["a"], references: target, onDelete: action }] }, [`drop ${to("f")}`, `add ${to("f")} on delete ${action}`]),
    tableChange(`foreign key on update ${action}`, reference(`(a) references u on update ${action}`), { foreignKeys: [{ columns: ["a"], references: target, onUpdate: action }] }, { foreignKeys: [{ columns: ["a"], references: target }] }, [`drop ${to("f")} on update ${action}`, `add ${to("f")}`]),
  ]),
  tableChange("foreign key sets some columns null", reference("(a, id) references u (x, y) on delete set null"), { foreignKeys: [{ columns: ["a", "id"], references: { table: "u", columns: ["x", "y"] }, onDelete: "set null" }] }, { foreignKeys: [{ columns: ["a", "id"], references: { table: "u", columns: ["x", "y"] }, onDelete: "set null", onDeleteColumns: ["a"] }] }, [`drop ${to("f", "(a, id) to u (x, y) on delete set null")}`, `add ${to("f", "(a, id) to u (x, y) on delete set null (a)")}`], { since: 15 }),
  tableChange("foreign key match full", reference("(a, id) references u (x, y)"), { foreignKeys: [{ columns: ["a", "id"], references: { table: "u", columns: ["x", "y"] } }] }, { foreignKeys: [{ columns: ["a", "id"], references: { table: "u", columns: ["x", "y"] }, match: "full" }] }, [`drop ${to("f", "(a, id) to u (x, y)")}`, `add ${to("f", "(a, id) to u (x, y) match full")}`]),
  tableChange("foreign key deferred", reference("(a) references u"), { foreignKeys: [{ columns: ["a"], references: target }] }, { foreignKeys: [{ columns: ["a"], references: target, deferrable: "initially deferred" }] }, [`drop ${to("f")}`, `add ${to("f")} deferrable initially deferred`]),
  tableChange("foreign key not deferrable", reference("(a) references u deferrable"), { foreignKeys: [{ columns: ["a"], references: target, deferrable: true }] }, { foreignKeys: [{ columns: ["a"], references: target }] }, [`drop ${to("f")} deferrable`, `add ${to("f")}`]),
  tableChange("foreign key leads elsewhere", `create table v (z int primary key); ${reference("(a) references u")}`, { foreignKeys: [{ columns: ["a"], references: target }] }, { foreignKeys: [{ columns: ["a"], references: { table: "v" } }] }, [`drop ${to("f")}`, `add ${to("t_a_fkey", "(a) to v (z)")}`]),
  tableChange("foreign key gets a comment, stays unvalidated", reference("(a) references u not valid"), { foreignKeys: [{ columns: ["a"], references: target }] }, { foreignKeys: [{ columns: ["a"], references: target, comment: "c" }] }, ["set comment on constraint t.f"]),
  tableChange("foreign key's two ends become text", reference("(a) references u"), {}, {}, [
    `drop ${to("f")}`, "alter column t.a: type integer becomes text", "alter column u.x: type integer becomes text", `add ${to("f")}`,
  ]),
].map((change) => {
  const whole = withU(change);
  if (!whole.name.endsWith("become text")) return whole;
  return { ...whole, after: { t: { columns: { id: {}, a: { type: "text" }, b: {}, c: {} } }, u: { columns: { x: { type: "text" }, y: {} } } } };
});

const CHECKS: readonly Change[] = [
  tableChange("check added", "", { checks: [] }, { checks: [{ expression: "a > 0 and b ~ 'x\\?'" }] }, ["add check t_check on t: ((a > 0) AND (b ~ 'x\\?'::text))"]),
  tableChange("check dropped", "alter table t add check (a in (1, 2))", { checks: [{ expression: "a in (1, 2)" }] }, { checks: [] }, ["drop check t_a_check on t: (a = ANY (ARRAY[1, 2]))"]),
  tableChange("check changes", "alter table t add check (a > 0)", { checks: [{ expression: "a > 0" }] }, { checks: [{ expression: "a > 1" }] }, ["drop check t_a_check on t: (a > 0)", "add check t_a_check on t: (a > 1)"]),
  tableChange("check renamed", "alter table t add check (a > 0)", { checks: [{ expression: "(a>0)" }] }, { checks: [{ expression: "a > 0", name: "plus" }] }, ["rename constraint t_a_check on t to plus"]),
  tableChange("check not inherited", "alter table t add constraint k check (a > 0)", { checks: [{ name: "k", expression: "a > 0" }] }, { checks: [{ name: "k", expression: "a > 0", noInherit: true }] }, ["drop check k on t: (a > 0)", "add check k on t: (a > 0) no inherit"]),
  tableChange("check gets a comment, stays unvalidated", "alter table t add constraint k check (a > 0) not valid", { checks: [{ expression: "a > 0" }] }, { checks: [{ expression: "a > 0", comment: "above" }] }, ["set comment on constraint t.k"]),
  tableChange("two checks, one expression", "alter table t add check (a > 0), add check (a > 0)", { checks: [{ expression: "a > 0" }, { expression: "a > 0" }] }, { checks: [{ expression: "a > 0" }] }, ["drop check t_a_check1 on t: (a > 0)"]),
  tableChange("check of a varchar's listed values changes", "alter table t alter c type varchar(9), add check (c in ('x', 'y'))", { checks: [{ expression: "c in ('x', 'y')" }] }, { checks: [{ expression: "c in ('x', 'z')" }] }, [
    "drop check t_c_check on t: ((c)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying]::character varying[])::text[]))",
    "add check t_c_check on t: ((c)::text = ANY ((ARRAY['x'::character varying, 'z'::character varying]::character varying[])::text[]))",
  ]),
  tableChange("check of a list that mixes casts", "alter table t alter c type varchar(9), add check (c in ('x'::varchar, 'y'::text))", { checks: [{ expression: "c in ('x'::varchar, 'y'::text)" }] }, { checks: [{ expression: "c in ('x'::varchar, 'z'::text)" }] }, [
    "drop check t_c_check on t: ((c)::text = ANY ((ARRAY['x'::character varying, ('y'::text)::character varying]::character varying[])::text[]))",
    "add check t_c_check on t: ((c)::text = ANY ((ARRAY['x'::character varying, ('z'::text)::character varying]::character varying[])::text[]))",
  ]),
  tableChange("check of a list that mixes casts, read from a dump", `alter table t alter c type varchar(9), add constraint k check ((c)::text = ANY (ARRAY[('x'::character varying)::text, (('y'::text)::character varying)::text]))`, { checks: [{ expression: "c in ('x'::varchar, 'y'::text)" }] }, { checks: [{ name: "l", expression: "c in ('x'::varchar, 'y'::text)" }] }, ["rename constraint k on t to l"]),
  tableChange("check begins with between", "", { checks: [] }, { checks: [{ expression: "a between 1 and 5 and b <> ''" }] }, ["add check t_check on t: ((a >= 1) AND (a <= 5) AND (b <> ''::text))"]),
  tableChange("exclusion added", "create extension btree_gist; alter table t add during tstzrange", { excludes: [] }, { excludes: [{ elements: [["a", "="], ["during", "&&"]], where: "a > 0", deferrable: true }] }, ["add exclusion constraint t_a_during_excl on t: EXCLUDE USING gist (a WITH =, during WITH &&) WHERE ((a > 0)) DEFERRABLE"]),
  tableChange("exclusion changes", "create extension btree_gist; alter table t add during tstzrange, add exclude using gist (a with =, during with &&)", { excludes: [{ elements: [["a", "="], ["during", "&&"]] }] }, { excludes: [{ elements: [["a", "="], ["during", "-|-"]] }] }, ["drop exclusion constraint t_a_during_excl on t: EXCLUDE USING gist (a WITH =, during WITH &&)", "add exclusion constraint t_a_during_excl on t: EXCLUDE USING gist (a WITH =, during WITH -|-)"]),
  tableChange("exclusion of an expression dropped", "alter table t add constraint x exclude using btree (lower(b) with =) where (a > 1) initially deferred", { excludes: [{ method: "btree", elements: [["lower(b)", "="]], where: "a > 1", deferrable: "initially deferred" }] }, { excludes: [] }, ["drop exclusion constraint x on t: EXCLUDE USING btree (lower(b) WITH =) WHERE ((a > 1)) DEFERRABLE INITIALLY DEFERRED"]),
].map((change) => {
  if (!change.sql.includes("during")) return change;
  const columns = { id: {}, a: {}, b: {}, c: {}, during: {} };
  return { ...change, before: { t: { ...change.before["t"], columns } }, after: { t: { ...change.after["t"], columns } } };
});

runChanges(test, [...KEYS, ...UNIQUES, ...REFERENCES, ...CHECKS]);

test.run();
