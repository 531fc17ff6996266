import { suite } from "uvu";
import * as assert from "uvu/assert";
import { describe } from "../../../src/operation/operations.js";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import { thrown } from "../../support/thrown.js";
import { modelOf, openProject, render, type Project } from "../project.js";

const test = suite("compare/frozen-moments");

/** The type of a column `a`, a default, and what to write in place of its word that PostgreSQL would read once and for all. */
const REFUSED: readonly (readonly [type: string, value: string, instead: string])[] = [
  ["timestamptz", "'now'", "now()"],
  ["timestamp(3)", "('NOW')", "now()"],
  ["timestamptz", "'now'::timestamp", "now()"],
  ["timestamptz", "timestamptz 'now' + interval '1 day'", "now()"],
  ["text", "cast('now' as date)", "now()"],
  ["time", "'now'", "now()"],
  ["date", "'today'", "current_date"],
  ["timestamp", "'today 12:00'", "current_date"],
  ["date", "' tomorrow '", "current_date + 1"],
  ["date", "'yesterday'", "current_date - 1"],
  ["moment", "'now'", "now()"],
  ["timestamptz[]", "'{now,now}'", "now()"],
  ["tstzrange", "'[now,infinity)'", "now()"],
];

/** The type of a column, and a default that stays what it is. */
const TAKEN: readonly (readonly [type: string, value: string])[] = [
  ["text", "'now'"],
  ["text[]", "'{now,today}'"],
  ["bytea", "'now'"],
  ["jsonb", `'{"now":"00:00:00"}'`],
  ["text", "'from 2024-01-01 until now'"],
  ["timestamptz", "now()"],
  ["timestamptz", "'now'::text::timestamptz"],
  ["timestamptz", "'epoch'"],
  ["timestamptz", "'infinity'"],
  ["date", "current_date + 1"],
  ["date", "'2024-02-01'"],
];

const withProject = async (body: (project: Project) => Promise<void>): Promise<void> => {
  const project = await openProject("create domain moment as timestamptz; create table t (id int primary key, a timestamptz)");
  try {
    await body(project);
  } finally {
    await project.close();
  }
};

const column = (type: string, value: string) => [modelOf("u", { columns: { a: { type, default: value } } }, { idColumn: null })];

test("a default that is the moment at which it is read is refused", () =>
  withProject(async (project) => {
    for (const [type, value, instead] of REFUSED) {
      const { code, message } = await thrown(() => project.compare(column(type, value)));
      assert.equal([code, message.includes(`default ${value} of u.a`), message.endsWith(`write ${instead}, or the moment itself`)], ["MODEL_INVALID", true, true], message);
    }
  }));

test("other defaults are what they were when they are read again", () =>
  withProject(async (project) => {
    for (const [type, value] of TAKEN) {
      await project.run(render(await project.compare(column(type, value)), "knex"), "up", "knex");
      assert.equal((await project.compare(column(type, value))).operations.map(describe), [], value);
      await project.connection.query("drop table u");
    }
  }));

test("checks, computed columns, indexes and exclusions too, all that there are", () =>
  withProject(async (project) => {
    const schema: TableSchema = {
      columns: { b: { type: "date", generated: "(a at time zone 'utc')::date - date 'today' + date 'yesterday'" } },
      checks: [{ expression: "a <= 'now' or id::text like '%'" }, { expression: "a <= now()" }],
      indexes: [{ columns: ["id"], where: "a > 'tomorrow'" }, { expressions: ["a > 'now'"] }],
      excludes: [{ method: "btree", elements: [["id", "="]], where: "a > 'today'" }],
    };
    const { message, data } = await thrown(() => project.compare([modelOf("t", schema)]));
    assert.is((data["frozen"] as readonly string[]).length, 5, message);
    assert.match(message, "in check (a <= 'now' or id::text like '%') of t write now(), or the moment itself; ");
  }));

test.run();
