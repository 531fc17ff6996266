import { Model } from "objection";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { describe } from "../../../src/operation/operations.js";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import { modelOf, openProject } from "../project.js";

const test = suite("compare/new-properties");

const jsonSchema = { type: "object", properties: { id: { type: "integer" }, key: { type: "string" }, formatted: { type: "object" }, "odd name": { type: "string" } } };

async function found(tableSchema: TableSchema): Promise<readonly (readonly string[])[]> {
  const project = await openProject("create table apps (id int, key text)");
  try {
    const { properties } = await project.compare([modelOf("apps", tableSchema, { jsonSchema }), modelOf("others", {}, { jsonSchema })]);
    return properties.map(({ operation, property, otherwise }) => [describe(operation), property, otherwise]);
  } finally {
    await project.close();
  }
}

test("a property that becomes a column of a table that is there is named, with what says that it is none; not those of a new table", async () => {
  assert.equal(await found({}), [
    ["add column apps.formatted jsonb", "apps.formatted", "columns: { formatted: false }"],
    ["add column apps.odd name text", "apps.odd name", 'columns: { "odd name": false }'],
  ]);
});

test("so is the relation that joins a column nobody describes", async () => {
  const project = await openProject("create table apps (id int primary key, key text)");
  const relationMappings = { parent: { relation: Model.BelongsToOneRelation, modelClass: "./apps.js", join: { from: "apps.parentId", to: "apps.id" } } };
  const { properties } = await project.compare([modelOf("apps", {}, { relationMappings })]).finally(() => project.close());
  assert.equal(properties.map(({ operation, property, otherwise }) => [describe(operation), property, otherwise]), [
    ["add column apps.parentId integer", "apps.parent", "columns: { parentId: false }"],
  ]);
});

test("what tableSchema states is meant to be a column, and what it excludes is none", async () => {
  assert.equal(await found({ columns: { formatted: { type: "json" }, "odd name": false } }), []);
});

test.run();
