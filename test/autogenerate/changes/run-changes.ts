import type { Test } from "uvu";
import * as assert from "uvu/assert";
import type { CompareInput } from "../../../src/autogenerate/compare/compare-models.js";
import type { ModelClass } from "../../../src/autogenerate/models/model-class.js";
import { describe } from "../../../src/operation/operations.js";
import { dumpCatalogue } from "../../support/catalogue.js";
import { serverMajor } from "../../support/postgres.js";
import { modelOf, openProject, render, type Project } from "../project.js";
import type { Change, Tables } from "./change.js";

/**
 * Proves each row on a database of its own: models of what is there find nothing; models of what should be find the operations; these, as Knex
 * code and as SQL, lead to where the models find nothing more, and back to the same dump.
 */
export function runChanges(test: Test, changes: readonly Change[]): void {
  for (const change of changes) {
    test(change.name, async () => {
      if ((change.since ?? 14) > (await serverMajor())) return;
      const project = await openProject(change.sql);
      try {
        await prove(project, change);
      } finally {
        await project.close();
      }
    });
  }
}

async function prove(project: Project, change: Change): Promise<void> {
  const input: Partial<CompareInput> = {
    ...(change.options === undefined ? {} : { options: change.options }),
    ...(change.answers === undefined ? {} : { answers: new Map(Object.entries(change.answers)) }),
  };
  const words = async (tables: Tables): Promise<readonly string[]> =>
    (await project.compare(modelsOf(tables), input)).operations.map(describe);
  assert.equal(await words(change.before), [], "an unchanged model gives nothing");
  const comparison = await project.compare(modelsOf(change.after), input);
  assert.equal(comparison.operations.map(describe), change.operations, "a changed model gives the operations");
  const dump = (): Promise<string> => dumpCatalogue(project.connection, { sortColumns: true });
  const before = await dump();
  const dumps: string[] = [];
  for (const format of ["knex", "sql"] as const) {
    const revision = render(comparison, format);
    await project.run(revision, "up", format);
    dumps.push(await dump());
    assert.equal(await words(change.after), [], `up as ${format} leaves nothing more`);
    await project.run(revision, "down", format);
    assert.fixture(await dump(), before, `down as ${format} leads back`);
  }
  assert.fixture(dumps[0] ?? "", dumps[1] ?? "", "Knex code and SQL do the same");
}

function modelsOf(tables: Tables): readonly ModelClass[] {
  return Object.entries(tables).map(([name, { jsonSchema = null, ...schema }]) => modelOf(name, { closed: true, ...schema }, { idColumn: null, jsonSchema }));
}
