import { suite } from "uvu";
import * as assert from "uvu/assert";
import { splitStatements } from "../../src/database/split-statements.js";
import { thrown } from "../support/thrown.js";

const test = suite("database/split-statements");

test("semicolons end statements only where PostgreSQL says so", async () => {
  const statements = [
    "select 1",
    "select ';', E'\\';', \"a;b\" from \"a;b\"",
    "create function f() returns int language plpgsql as $body$ begin perform 1; return 2; end; $body$",
    "create function g() returns int language sql begin atomic select 1; select 2; end",
    "create procedure p() begin atomic insert into t values (1); delete from t; end",
    "do $$ begin raise notice '; $1'; end $$",
    "/* ; /* nested ; */ ; */ select 3",
    "create rule r as on insert to t do instead (select 1; select 2)",
    "create index concurrently i on t (a)",
    "insert into ação values ('ü;', 'é€😀')",
    "select 'después'",
  ];
  const without = statements.map((statement) => statement.replace(/^\/\*.*\*\/ /, ""));
  assert.equal(await splitStatements(`${statements.join(";\n")};`), without);
  assert.equal(await splitStatements(statements.join(" ; ")), without);
});

test("comments between statements go, and nothing makes no statement", async () => {
  for (const nothing of ["", " \n", ";", " ;; \n; -- only this\n", "/* x */"]) assert.equal(await splitStatements(nothing), [], nothing);
  assert.equal(await splitStatements("-- first; one\nselect 1; -- after\nselect 2 -- end;"), ["select 1", "select 2 -- end;"]);
});

test("what does not parse is told with PostgreSQL's own words", async () => {
  for (const [sql, message, position] of [
    ["select 'ção😀'; selec 1", 'The SQL does not parse: syntax error at or near "selec"', 16],
    ["select 1; \\d t", 'The SQL does not parse: syntax error at or near "\\"', 10],
    ["select 'open", "The SQL does not parse: unterminated quoted string at or near \"'open\"", 7],
  ] as const) {
    const error = await thrown(splitStatements(sql));
    assert.equal([error.code, error.message, error.data["position"]], ["REVISION_MALFORMED", message, position]);
  }
});

test.run();
