import { suite } from "uvu";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import type { Change } from "./change.js";
import { runChanges } from "./run-changes.js";

const test = suite("autogenerate/changes/enums");

const columns = { id: {}, a: {}, b: {}, c: {} } as const;
const SQL = `create type mood as enum ('sad', 'ok', 'glad'); comment on type mood is 'how';
  create table t (id int, a mood default 'ok' not null, b mood[] default '{ok}', c text generated always as (case when a = 'ok' then 'x' end) stored,
    check (a <> 'sad'), exclude using btree (a with =) where (a = 'ok'), unique (a, id));
  create index on t (a) where a > 'sad'; create index on t ((a = 'ok')); create index on t (a, id);
  comment on constraint t_a_check on t is 'not'; comment on index t_expr_idx is 'is ok'; alter table t cluster on t_expr_idx`;

const values = (name: string, to: NonNullable<TableSchema["enums"]>[string], operations: readonly string[]): Change => ({
  name,
  sql: SQL,
  before: { t: { columns, enums: { mood: ["sad", "ok", "glad"] } } },
  after: { t: { columns, enums: { mood: to } } },
  operations,
});

runChanges(test, [
  values("value added at the end", ["sad", "ok", "glad", "it's"], ["alter enum mood: add it's"]),
  values("value added at the beginning and within", ["first", "sad", "ok", "better", "best", "glad"], ["alter enum mood: add first, add better, add best"]),
  values("value removed", ["sad", "ok"], ["alter enum mood: remove glad"]),
  values("values in another order", ["glad", "ok", "sad"], ["alter enum mood: reorder its values"]),
  values("value removed and added", ["ok", "sad", "fine"], ["alter enum mood: add fine, remove glad"]),
  values("value renamed", { values: ["sad", "fine", "glad"], renamed: { fine: "ok" } }, ["rename value ok of enum mood to fine"]),
  values("value renamed, others added", { values: ["sad", "fine", "glad", "new"], renamed: { fine: "ok" } }, ["rename value ok of enum mood to fine", "alter enum mood: add new"]),
  values("comment", { values: ["sad", "ok", "glad"], comment: null }, ["remove comment on type mood"]),
  {
    name: "value added and used at once",
    sql: "create type mood as enum ('sad'); create table t (id int, a mood default 'sad')",
    before: { t: { columns: { id: {}, a: { default: "'sad'" } }, enums: { mood: ["sad"] } } },
    after: { t: { columns: { id: {}, a: { default: "'ok'" } }, enums: { mood: ["sad", "ok"] }, checks: [{ expression: "a = 'ok'" }] } },
    operations: ["alter enum mood: add ok", "alter column t.a: default 'sad'::mood becomes 'ok'::mood", "add check t_a_check on t: (a = 'ok'::mood)"],
  },
  {
    name: "default moves off a value that goes",
    sql: "create type mood as enum ('sad', 'ok'); create table t (id int, a mood default 'sad', check (a <> 'sad'))",
    before: { t: { columns: { id: {}, a: { default: "'sad'" } }, enums: { mood: ["sad", "ok"] } } },
    after: { t: { columns: { id: {}, a: { default: "'ok'" } }, enums: { mood: ["ok"] }, checks: [] } },
    operations: [
      "drop check t_a_check on t: (a <> 'sad'::mood)",
      "alter column t.a: default 'sad'::mood becomes none",
      "alter enum mood: remove sad",
      "alter column t.a: default none becomes 'ok'::mood",
    ],
  },
  {
    name: "in another schema, with a name that needs quotes",
    sql: `create schema billing; create type billing."Kind" as enum ('a', 'b'); create table billing.t (id int, k billing."Kind" default 'a', check (k <> 'b'))`,
    before: { "billing.t": { columns: { id: {}, k: {} }, enums: { "billing.Kind": ["a", "b"] } } },
    after: { "billing.t": { columns: { id: {}, k: {} }, enums: { "billing.Kind": ["b", "a"] } } },
    operations: ["alter enum billing.Kind: reorder its values"],
  },
  {
    name: "that functions take and return, on which a check, an index and a default lean",
    sql: String.raw`create schema s; create type mood as enum ('sad', 'ok', 'glad'); create table t (id int, a mood);
      create function f(m mood, l mood[] default '{ok}', variadic n int[] default '{}') returns mood language plpgsql stable parallel safe set search_path = pg_temp as
        $x$ begin -- don't: "?", \? and \`
          return case when m::text ~ '\?' or m::text ~ E'\\?' then m else '$' end; end $x$;
      comment on function f is 'it''s'; revoke execute on function f from public; grant execute on function f to pg_monitor;
      create procedure s."P"(m mood, inout x int) language plpgsql as 'begin end'; grant execute on procedure s."P" to pg_monitor;
      create function z_later(mood) returns setof t language sql as 'select * from t where a = $1'; create function a_first(mood) returns table (b mood) language sql as 'select a from z_later($1)';
      create function rank_of(mood) returns int language sql immutable as 'select case when $1 = ''ok'' then 1 else 0 end'; create function usual() returns mood language sql as 'select ''ok''::mood';
      create index on t (rank_of(a)); alter table t add check (rank_of(a) > 0), alter a set default usual()`,
    before: { t: { columns: { id: {}, a: {} }, enums: { mood: ["sad", "ok", "glad"] } } },
    after: { t: { columns: { id: {}, a: {} }, enums: { mood: ["ok", "glad", "sad"] } } },
    operations: ["alter enum mood: reorder its values"],
  },
  {
    name: "of a partitioned table, whose partitions have checks, indexes and defaults of their own",
    sql: `create type mood as enum ('sad', 'ok', 'glad'); create table t (id int, a mood default 'ok', b mood default 'ok', c mood, check (a <> 'glad')) partition by range (id);
      create table t1 partition of t for values from (0) to (9) partition by list (id); create table t11 partition of t1 default; create table "T2" (a mood check (a > 'sad'), c mood, id int, b mood, check (a <> 'glad'));
      alter table "T2" rename constraint "T2_a_check1" to t_a_check; alter table t attach partition "T2" default; alter table t1 alter a set default 'sad'; alter table t11 alter a set default 'glad', alter c set default 'ok';
      alter table "T2" alter b drop default; create index on t (id) where a = 'ok'; create index on t11 (a); create index own on t11 ((a = 'ok')) where id > 1; comment on index own is 'own';
      create unique index on "T2" (id) where b < 'glad'; alter table t1 add check (b <> 'glad'), alter a set statistics 9; comment on constraint t1_b_check on t1 is 'c'`,
    before: { t: { columns: { id: {}, a: {}, b: {}, c: {} }, enums: { mood: ["sad", "ok", "glad"] } } },
    after: { t: { columns: { id: {}, a: {}, b: {}, c: {} }, enums: { mood: ["ok", "glad", "sad"] } } },
    operations: ["alter enum mood: reorder its values"],
  },
  {
    name: "of a table that others inherit from, with the column said again and a default of its own",
    sql: `create type mood as enum ('sad', 'ok', 'glad'); create table t (id int, a mood default 'ok'); create table c (a mood, b mood[], check (a <> 'sad')) inherits (t); alter table c alter a set default 'glad';
      create table d () inherits (c); alter table d alter a drop default; create index on d (id) where a = 'ok'`,
    before: { t: { columns: { id: {}, a: {} }, enums: { mood: ["sad", "ok", "glad"] } } },
    after: { t: { columns: { id: {}, a: {} }, enums: { mood: ["ok", "glad", "sad"] } } },
    operations: ["alter enum mood: reorder its values"],
  },
  {
    name: "goes with its last column",
    sql: "create type mood as enum ('sad'); create type other as enum ('x'); create table t (id int, a mood)",
    before: { t: { columns: { id: {}, a: {} } } },
    after: { t: { columns: { id: {} } } },
    operations: ["drop column t.a", "drop enum mood"],
    options: { dropUndeclared: true },
  },
  {
    name: "column of a new enum, column of an old one becomes text",
    sql: "create type mood as enum ('sad', 'ok'); create table t (id int, a mood default 'ok')",
    before: { t: { columns: { id: {}, a: {} } } },
    after: { t: { columns: { id: {}, a: { type: "text" }, z: { type: "feeling[]", nullable: false, default: "'{x}'" } }, enums: { feeling: ["x", "y"] } } },
    operations: [
      "create enum feeling (x, y)",
      "alter column t.a: default 'ok'::mood becomes none",
      "add column t.z feeling[] not null",
      "alter column t.a: type mood becomes text",
      "alter column t.a: default none becomes 'ok'::text",
    ],
  },
]);

test.run();
