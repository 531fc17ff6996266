import { suite } from "uvu";
import { columnChange, type Change } from "./change.js";
import { runChanges } from "./run-changes.js";

const test = suite("autogenerate/changes/defaults");

/** A type, a default as people write it, another, and both as PostgreSQL prints them. */
const DEFAULTS: readonly (readonly [type: string, from: string | null, to: string | null, printedFrom: string | null, printedTo: string | null])[] = [
  ["text", null, "'it''s'", null, "'it''s'::text"],
  ["text", "'a'", "'b'", "'a'::text", "'b'::text"],
  ["text", "'a'", null, "'a'::text", null],
  ["text", null, "''", null, "''::text"],
  ["text", "'why? \\? \"x\" `y` ${z}'", "E'two\\nlines'", "'why? \\? \"x\" `y` ${z}'::text", "'two\nlines'::text"],
  ["varchar(10)", "'a'", "upper('b')", "'a'::character varying", "upper('b'::text)"],
  ["integer", "0", "-1", "0", "'-1'::integer"],
  ["bigint", "9223372036854775807", "12345678901234", "'9223372036854775807'::bigint", "'12345678901234'::bigint"],
  ["numeric(12,2)", "0", "1.50", "0", "1.50"],
  ["double precision", "0.1", "'infinity'", "0.1", "'Infinity'::double precision"],
  ["boolean", "false", "true", "false", "true"],
  ["date", "current_date", "'2024-02-01'", "CURRENT_DATE", "'2024-02-01'::date"],
  ["timestamptz", "now()", "now() + interval '1 day'", "now()", "(now() + '1 day'::interval)"],
  ["timestamptz", "current_timestamp", "clock_timestamp()", "CURRENT_TIMESTAMP", "clock_timestamp()"],
  ["timestamp", "timezone('utc', now())", "localtimestamp", "timezone('utc'::text, now())", "LOCALTIMESTAMP"],
  ["timestamp", null, "now() at time zone 'utc'", null, "(now() AT TIME ZONE 'utc'::text)"],
  ["interval", "'1 day'", "'2 hours 3 minutes'", "'1 day'::interval", "'02:03:00'::interval"],
  ["uuid", "gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'", "gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'::uuid"],
  ["jsonb", "'{}'", "'{\"a\": [1, null], \"b\": \"?\"}'", "'{}'::jsonb", "'{\"a\": [1, null], \"b\": \"?\"}'::jsonb"],
  ["json", "'[]'", "'{\"it''s\": 1}'", "'[]'::json", "'{\"it''s\": 1}'::json"],
  ["text[]", "'{}'", "array['a', 'b']", "'{}'::text[]", "ARRAY['a'::text, 'b'::text]"],
  ["mood", "'sad'", "'ok'", "'sad'::mood", "'ok'::mood"],
  ["mood[]", "'{sad}'", "'{}'", "'{sad}'::mood[]", "'{}'::mood[]"],
  ["bytea", "'\\x00'", "'\\xff'", "'\\x00'::bytea", "'\\xff'::bytea"],
  ["bit(3)", "B'101'", "B'010'", "'101'::\"bit\"", "'010'::\"bit\""],
  ["inet", "'127.0.0.1'", "inet_client_addr()", "'127.0.0.1'::inet", "inet_client_addr()"],
  ["integer", "nextval('counter')", "length('abc') + 1", "nextval('counter'::regclass)", "(length('abc'::text) + 1)"],
  ["text", "current_user", "coalesce(current_setting('x.y', true), 'none')", "CURRENT_USER", "COALESCE(current_setting('x.y'::text, true), 'none'::text)"],
  ["integer", "own()", "case when true then 1 else 2 end", "own()", "\nCASE\n    WHEN true THEN 1\n    ELSE 2\nEND"],
];

/** Defaults that nobody declares, and that the new type does not take. */
const LOST: readonly (readonly [from: string, value: string, printed: string, to: string])[] = [
  ["text", "'draft'", "'draft'::text", "integer"],
  ["text", "'x'", "'x'::text", "uuid"],
  ["text", "upper('x')", "upper('x'::text)", "boolean"],
  ["integer", "0", "0", "boolean"],
  ["boolean", "true", "true", "integer"],
  ["timestamp with time zone", "CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP", "jsonb"],
  ["jsonb", "'[]'", "'[]'::jsonb", "text[]"],
  ["bigint", "'9223372036854775807'", "'9223372036854775807'::bigint", "integer"],
];

const SETUP = `create type mood as enum ('sad', 'ok'); create sequence counter; create function own() returns int language sql as 'select 1';`;

const CHANGES = DEFAULTS.map(([type, from, to, printedFrom, printedTo]): Change => {
  const change = columnChange(
    `${type}: ${from ?? "none"} becomes ${to ?? "none"}`,
    from === null ? type : `${type} default ${from}`,
    { default: from },
    { default: to },
    [`alter column t.a: default ${printedFrom ?? "none"} becomes ${printedTo ?? "none"}`],
  );
  return { ...change, sql: `${SETUP} ${change.sql}` };
});

runChanges(test, [
  ...CHANGES,
  columnChange("a default follows its column's type", "integer default 7", { type: "integer" }, { type: "text" }, [
    "alter column t.a: default 7 becomes none",
    "alter column t.a: type integer becomes text",
    "alter column t.a: default none becomes 7",
  ]),
  ...LOST.map(([from, value, printed, to]) =>
    columnChange(`the default ${value} of ${from} is none of ${to}`, `${from} default ${value}`, { type: from }, { type: to }, [
      `alter column t.a: default ${printed} becomes none`,
      `alter column t.a: type ${from} becomes ${to}`,
    ]),
  ),
  columnChange("a text that is a number goes on as one", "text default '07'", { type: "text" }, { type: "integer" }, [
    "alter column t.a: default '07'::text becomes none",
    "alter column t.a: type text becomes integer",
    "alter column t.a: default none becomes 7",
  ]),
  columnChange("a default goes with the type that it was of", "varchar(9) default 'x'", { default: "'x'" }, { type: "text", default: null }, [
    "alter column t.a: default 'x'::character varying becomes none",
    "alter column t.a: type character varying(9) becomes text",
  ]),
]);

test.run();
