import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readSchema } from "../../src/database/introspect/read-schema.js";
import { describeDifference, diffSchemas } from "../../src/schema/diff-schemas.js";
import type { Schema } from "../../src/schema/schema.js";
import { connect, freshDatabase } from "../support/postgres.js";

const test = suite("schema/diff-schemas");

async function schemaOf(sql: string): Promise<Schema> {
  const connection = await connect((await freshDatabase()).url);
  await connection.query(sql);
  const schema = await readSchema(connection);
  await connection.close();
  return schema;
}

const BASE = `create table users (id int primary key, name text, email text);`;

/** What is done after BASE on the left, on the right, and what is then said. */
const CASES: readonly (readonly [left: string, right: string, expected: readonly string[]])[] = [
  ["alter table users add a int, add b int", "alter table users add b int; alter table users add a int", [
    "table users: column order is id, name, email, a, b on the left, id, name, email, b, a on the right"]],
  ["alter table users alter name type varchar(10)", "", [
    "column users.name: type is character varying(10) on the left, text on the right"]],
  ["alter table users alter name set not null", "", ["column users.name: nullable is false on the left, true on the right"]],
  ["alter table users alter name set default 'a'", "alter table users alter name set default 'b'", [
    "column users.name: default is 'a'::text on the left, 'b'::text on the right"]],
  ["alter table users drop name", "", ["column users.name exists on the right only"]],
  ["create table extra (a int primary key, b int unique)", "", ["table extra exists on the left only"]],
  ["", "create index by_name on users (name) where id > 0", ["index users.by_name exists on the right only"]],
  ["create index i on users (name)", "create index i on users (name desc)", [
    'index users.i: keys is [{"column":"name","expression":"name","collation":null,"operatorClass":null,"descending":false,"nullsFirst":false}] on the left, ' +
    '[{"column":"name","expression":"name","collation":null,"operatorClass":null,"descending":true,"nullsFirst":true}] on the right']],
  ["alter table users add foreign key (id) references users", "alter table users add foreign key (id) references users on delete cascade", [
    "foreign key users.users_id_fkey: onDelete is no action on the left, cascade on the right"]],
  ["alter table users add constraint c check (id > 0)", "alter table users add constraint c check (id > 1)", [
    "check constraint users.c: expression is (id > 0) on the left, (id > 1) on the right"]],
  ["comment on table users is 'x'", "", ["table users: comment is x on the left, not set on the right"]],
  ["create type m as enum ('a', 'b')", "create type m as enum ('b', 'a')", [
    "enum type m: values is a, b on the left, b, a on the right"]],
  ["create function f(int) returns int language sql as 'select 1'", "create function f(int) returns int language sql as 'select 2'", [
    "function f(integer): definition is CREATE OR REPLACE FUNCTION public.f(integer)\n RETURNS integer\n LANGUAGE sql\nAS $function$select 1$function$\n on the left, " +
    "CREATE OR REPLACE FUNCTION public.f(integer)\n RETURNS integer\n LANGUAGE sql\nAS $function$select 2$function$\n on the right"]],
  ["create view v as select id from users", "create view v as select name from users", [
    'definition', 'columns']],
  ["create schema a", "create schema b", ["schema a exists on the left only", "schema b exists on the right only"]],
  ["alter table users enable row level security", "", ["table users: row security is on on the left, off on the right"]],
  ["create sequence s", "create sequence s increment 2", ["sequence s: increment is 1 on the left, 2 on the right"]],
  ["create statistics s on id, name from users; alter table users add a int", "create statistics s on name, id from users; alter table users add a int", []],
  ["create extension citext", "", ["extension citext exists on the left only"]],
  ["create schema s; create table s.t (a int)", "create schema s; create table s.t (a bigint)", [
    "column s.t.a: type is integer on the left, bigint on the right"]],
];

for (const [left, right, expected] of CASES) {
  test(`${left || "nothing"} | ${right || "nothing"}`, async () => {
    const [ours, theirs] = [await schemaOf(BASE + left), await schemaOf(BASE + right)];
    const said = diffSchemas(ours, theirs);
    if (left.includes("create view")) assert.equal(said.map(({ attribute }) => attribute), expected);
    else assert.equal(said.map(describeDifference), expected);
    assert.equal(diffSchemas(ours, ours), []);
    assert.is(diffSchemas(theirs, ours).length, said.length);
    assert.equal(said.map(({ order }) => order), said.map(({ attribute }) => attribute === "column order"));
  });
}

test.run();
