import { suite } from "uvu";
import * as assert from "uvu/assert";
import { admittedValues } from "../../../src/autogenerate/compare/admitted-values.js";
import { modelOf, openProject, render } from "../project.js";

const test = suite("compare/admitted-values");

/** A check on the column `a` or `"B c"`, and the values that it admits, or `undefined` where that can't be told. */
const ROWS: readonly (readonly [type: string, check: string, values: readonly string[] | undefined])[] = [
  ["text", "a in ('x', 'it''s, ok', '')", ["x", "it's, ok", ""]],
  ["varchar(20)", "a in ('x', 'y')", ["x", "y"]],
  ["char(3)", "a in ('x', 'y')", ["x", "y"]],
  ["citext", "a in ('x', 'y')", ["x", "y"]],
  ["text", "a = 'x'", ["x"]],
  ["text", "a = 'x' or a = 'y'", ["x", "y"]],
  ["varchar(9)", "a = 'x' or a = 'y'", ["x", "y"]],
  ["text", "a in ('x') or a is null", ["x"]],
  ["varchar(9)", "a is null or (a in ('x OR y', 'z') or a = 'it''s')", ["x OR y", "z", "it's"]],
  ["varchar(9)", "a in ('x'::varchar, 'y'::text, 'longer'::varchar(4))", ["x", "y", "long"]],
  ["text", "a in ('x', 'y'::varchar)", ["x", "y"]],
  ["text", "a in ('C:\\', 'y')", ["C:\\", "y"]],
  ["citext", "a in ('X', 'y') or a::text = 'z'", undefined],
  ["text", String.raw`a = any ('{x,"it''s, ok","say \"no\" \\ {}",""}')`, ["x", "it's, ok", String.raw`say "no" \ {}`, ""]],
  ["varchar(9)", "a = any ('{x,y}'::varchar[]) or a is null", ["x", "y"]],
  ["citext", "a = any ('{x}')", ["x"]],
  ["text", "a = any ('{x,null}')", undefined],
  ["text", "a = any ('{{x},{y}}')", undefined],
  ["text", "a = any ('{}')", undefined],
  ["text", "a in ('x', null)", undefined],
  ["text", "a is null", undefined],
  ["text", "a in ('x') or b is null", undefined],
  ["text", "a <> 'x'", undefined],
  ["text", "a in ('x', lower('y'))", undefined],
  ["text", "length(a) > 3", undefined],
  ["integer", "a in (1, 2)", undefined],
  ["text", "a in ('x', 'y') and b is not null", undefined],
];

test("the values of a check, as PostgreSQL prints it", async () => {
  const project = await openProject("create extension citext");
  try {
    for (const [place, [type, check]] of ROWS.entries()) await project.connection.query(`create table t${String(place).padStart(2, "0")} (a ${type}, b int, check (${check}))`);
    const { tables } = await project.read();
    assert.equal(tables.map(({ checks }) => checks.map(admittedValues)[0]?.values), ROWS.map(([, , values]) => values));
  } finally {
    await project.close();
  }
});

test("the check that a listed property got is neither left over nor dropped, in an open and in a closed table", async () => {
  for (const closed of [false, true]) {
    const project = await openProject("");
    try {
      const jsonSchema = { type: "object", properties: { id: { type: "integer" }, status: { type: "string", enum: ["new", "paid"] } } };
      const models = [modelOf("orders", { closed, checks: [{ name: "positive", expression: "id > 0" }] }, { jsonSchema })];
      await project.run(render(await project.compare(models), "knex"), "up", "knex");
      const again = await project.compare(models);
      assert.equal([again.operations, again.kept], [[], []]);
      await project.connection.query("alter table orders drop constraint orders_status_check, add constraint mine check (status in ('new', 'paid', 'sent'))");
      assert.equal((await project.compare(models)).operations, [], "it admits more, under another name");
    } finally {
      await project.close();
    }
  }
});

test("a check that is stated is not widened, whatever a property lists", async () => {
  const project = await openProject("create table t (id int primary key, status text check (status in ('new', 'paid')))");
  try {
    const jsonSchema = { type: "object", properties: { status: { type: "string", enum: ["new", "paid", "sent"] } } };
    assert.equal((await project.compare([modelOf("t", { checks: [{ expression: "status in ('new', 'paid')" }] }, { jsonSchema })])).operations, []);
    const other = await project.compare([modelOf("t", { checks: [{ expression: "status <> ''" }] }, { jsonSchema })]);
    assert.is(other.operations.length, 3);
  } finally {
    await project.close();
  }
});

test.run();
