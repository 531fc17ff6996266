import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ModelClass } from "../../src/autogenerate/models/model-class.js";
import { describe } from "../../src/operation/operations.js";
import { dumpCatalogue } from "../support/catalogue.js";
import type { Tables } from "./changes/change.js";
import { runs } from "../support/series.js";
import { modelOf, openProject, render, type Project } from "./project.js";
import { randomTables } from "./random-schema.js";

const test = suite("autogenerate/round-trip");

test("random schemas: there and back", async () => {
  const project = await openProject("select 1");
  try {
    await fc.assert(
      fc.asyncProperty(randomTables, randomTables, fc.boolean(), fc.constantFrom("knex" as const, "sql" as const), (from, to, renames, format) =>
        roundTrip(project, from, renames ? withRenames(from, to) : to, format),
      ),
      { ...runs(100, 500), includeErrorInReport: true },
    );
  } finally {
    await project.close();
  }
});

/** Empty → A → B → A, each as the models say, and the last equal to the first A in a dump but for the order of columns. */
async function roundTrip(project: Project, from: Tables, to: Tables, format: "knex" | "sql"): Promise<void> {
  await project.connection.query("drop schema public cascade; create schema public; drop schema if exists side cascade");
  const options = { dropUndeclared: true };
  const compare = (tables: Tables) => project.compare(modelsOf(tables), { options });
  await project.run(render(await compare(from), format), "up", format);
  assert.equal((await compare(from)).operations.map(describe), []);
  const dump = await dumpCatalogue(project.connection, { sortColumns: true });
  const revision = render(await compare(to), format);
  await project.run(revision, "up", format);
  assert.equal((await compare(to)).operations.map(describe), []);
  await project.run(revision, "down", format);
  assert.fixture(await dumpCatalogue(project.connection, { sortColumns: true }), dump);
}

/** The second schema with columns and tables that the first lacks taken for others of it that the second lacks, renamed. */
function withRenames(from: Tables, to: Tables): Tables {
  const gone = Object.keys(from).filter((name) => to[name] === undefined);
  return Object.fromEntries(
    Object.entries(to).map(([name, schema]) => {
      const oldName = from[name] === undefined ? gone.pop() : undefined;
      const old = from[oldName ?? name];
      const lost = Object.keys(old?.columns ?? {}).filter((column) => schema.columns?.[column] === undefined && column !== "made");
      const columns = Object.entries(schema.columns ?? {}).map(([column, declared]) => {
        const before = old?.columns?.[column] === undefined && column !== "made" ? lost.pop() : undefined;
        return [column, before === undefined || declared === false ? declared : { ...declared, renamedFrom: before }] as const;
      });
      const renamedFrom = oldName === undefined ? {} : { renamedFrom: oldName.includes(".") ? oldName : `public.${oldName}` };
      return [name, { ...schema, ...renamedFrom, columns: Object.fromEntries(columns) }];
    }),
  );
}

function modelsOf(tables: Tables): readonly ModelClass[] {
  return Object.entries(tables).map(([name, schema]) => modelOf(name, schema, { idColumn: null }));
}

test.run();
