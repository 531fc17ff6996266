import { suite } from "uvu";
import { columnChange, type Change } from "./change.js";
import { runChanges } from "./run-changes.js";

const test = suite("autogenerate/changes/column-types");

/** From, to, and both as PostgreSQL prints them where that is something else. */
const TYPES: readonly (readonly [from: string, to: string, printedFrom?: string, printedTo?: string])[] = [
  ["smallint", "integer"],
  ["int2", "int8", "smallint", "bigint"],
  ["integer", "bigint"],
  ["bigint", "integer"],
  ["integer", "numeric"],
  ["numeric(10,2)", "numeric(12, 4)", "numeric(10,2)", "numeric(12,4)"],
  ["numeric(10)", "decimal(8,0)", "numeric(10,0)", "numeric(8,0)"],
  ["numeric", "numeric(6,3)"],
  ["real", "double precision"],
  ["float8", "numeric", "double precision", "numeric"],
  ["varchar(100)", "varchar(200)", "character varying(100)", "character varying(200)"],
  ["varchar(100)", "text", "character varying(100)", "text"],
  ["text", "varchar(20)", "text", "character varying(20)"],
  ["char(3)", "char(5)", "character(3)", "character(5)"],
  ["char", "text", "character(1)", "text"],
  ["text", "citext"],
  ["text", "integer"],
  ["integer", "text"],
  ["text", "boolean"],
  ["integer", "boolean"],
  ["boolean", "integer"],
  ["date", "timestamptz", "date", "timestamp with time zone"],
  ["timestamp", "timestamptz", "timestamp without time zone", "timestamp with time zone"],
  ["timestamptz", "timestamptz(3)", "timestamp with time zone", "timestamp(3) with time zone"],
  ["time(2)", "timetz", "time(2) without time zone", "time with time zone"],
  ["text", "timestamptz", "text", "timestamp with time zone"],
  ["bigint", "timestamptz", "bigint", "timestamp with time zone"],
  ["interval", "interval day to second(3)"],
  ["interval(2)", "interval year to month", "interval(2)", "interval year to month"],
  ["text", "uuid"],
  ["uuid", "text"],
  ["json", "jsonb"],
  ["text", "jsonb"],
  ["jsonb", "text"],
  ["integer", "jsonb"],
  ["text", "bytea"],
  ["bit(3)", "bit varying(8)"],
  ["inet", "cidr"],
  ["text", "inet"],
  ["text", "text[]"],
  ["text[]", "varchar(10)[]", "text[]", "character varying(10)[]"],
  ["integer[]", "bigint[]"],
  ["integer[]", "text[]"],
  ["int[][]", "integer", "integer[]", "integer"],
  ["text[]", "jsonb"],
  ["int4range", "text"],
  ["text", "tsvector"],
  ["point", "text"],
  ["money", "numeric"],
  ["xml", "text"],
  ["macaddr", "text"],
  ["text", "mood"],
  ["mood", "text"],
  ["mood", "feeling"],
  ["mood[]", "text[]"],
  ["text[]", "mood[]"],
  ["positive", "integer"],
  ["integer", "positive"],
  ["text", "other.kind"],
  ["int4range", "floatrange"],
];

const SETUP = `create extension citext; create schema other; create type mood as enum ('sad', 'ok'); create type feeling as enum ('sad', 'ok', 'glad');
  create type other.kind as enum ('a'); create domain positive as int check (value > 0); create type floatrange as range (subtype = float8);`;

const CHANGES = TYPES.map(([from, to, printedFrom = from, printedTo = to]): Change => {
  const change = columnChange(`${from} becomes ${to}`, from, { type: from }, { type: to }, [
    `alter column t.a: type ${printedFrom} becomes ${printedTo}`,
  ]);
  return { ...change, sql: `${SETUP} ${change.sql}` };
});

const STORED: readonly Change[] = [
  ["stays with a longer type", "text", "alter column t.a: type character varying(5) becomes text"],
  ["is back after another type", "integer", "alter column t.a: type character varying(5) becomes integer"],
].map(([name = "", type = "", words = ""]) => ({
  name: `storage ${name}`,
  sql: "create table t (id int, a varchar(5)); alter table t alter a set storage external, alter a set compression pglz, alter a set statistics 7",
  before: { t: { columns: { id: {}, a: {} } } },
  after: { t: { columns: { id: {}, a: { type } } } },
  operations: [words],
}));

runChanges(test, [...CHANGES, ...STORED]);

test.run();
