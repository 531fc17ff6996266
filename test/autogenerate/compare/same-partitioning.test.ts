import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isSamePartitioning } from "../../../src/autogenerate/compare/same-partitioning.js";
import { modelOf, openProject, render } from "../project.js";

const test = suite("compare/same-partitioning");

/** As a model declares it, as PostgreSQL prints it, and whether they are one. */
const ROWS: readonly (readonly [declared: string, printed: string, isSame: boolean])[] = [
  ["range (at)", "RANGE (at)", true],
  ["RANGE(At , \"id\")", "RANGE (at, id)", true],
  ["list (\"Odd, (one\")", "LIST (\"Odd, (one\")", true],
  ["range (at)", "LIST (at)", false],
  ["range (at)", "RANGE (id)", false],
  ["range (id, at)", "RANGE (at, id)", false],
  ["range (at)", "RANGE (at, id)", false],
  ["range (at)", "RANGE (date_trunc('day'::text, at))", false],
  ["range (date_trunc('day', at), id)", "RANGE (date_trunc('day'::text, at), id)", true],
  ["hash (a text_pattern_ops)", "HASH (a text_pattern_ops)", true],
];

for (const [declared, printed, isSame] of ROWS) {
  test(`${declared} ${isSame ? "is" : "is not"} ${printed}`, () => assert.is(isSamePartitioning(declared, printed), isSame));
}

test("a table that was made partitioned by an expression is as the model says", async () => {
  const project = await openProject("");
  try {
    const model = modelOf("t", { columns: { at: { type: "date" } }, partitionBy: "range (date_part('year', at))" }, { idColumn: null });
    await project.run(render(await project.compare([model]), "knex"), "up", "knex");
    assert.equal((await project.compare([model])).operations, []);
  } finally {
    await project.close();
  }
});

test.run();
