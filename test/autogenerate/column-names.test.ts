import { Model, snakeCaseMappers } from "objection";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ModelClass } from "../../src/autogenerate/models/model-class.js";
import type { TableSchema } from "../../src/schema/table-schema.js";
import { openProject } from "./project.js";

const test = suite("autogenerate/column-names");

class Base extends Model {
  static override columnNameMappers = snakeCaseMappers();
}

test("what tableSchema says of a column under a property's name, or of one that is not there, is refused", async () => {
  const project = await openProject("create table notes (id serial primary key, written_by int, big text)");
  const note = (tableSchema: TableSchema): readonly ModelClass[] => {
    class Note extends Base {
      static override tableName = "notes";
      static override jsonSchema = { type: "object", properties: { writtenBy: { type: "integer" }, big: { type: "string" } } };
      static tableSchema = tableSchema;
    }
    return [Note as unknown as ModelClass];
  };
  const refused = async (tableSchema: TableSchema): Promise<string> => project.compare(note(tableSchema)).then(() => "", (error: unknown) => (error as Error).message);
  const columns = ["writtenBy"];
  try {
    assert.is(await refused({ columns: { writtenBy: { nullable: false }, big: {} } }), "The model Note: tableSchema.columns has the database's names: written_by in place of writtenBy");
    assert.is(await refused({ columns: { writtenBy: false } }), "The model Note: tableSchema.columns has the database's names: written_by in place of writtenBy");
    assert.is(await refused({ indexes: [{ columns: [{ column: "writtenBy" }] }] }), "Note declares an index of writtenBy, a column that notes lacks: Note.writtenBy is written_by there");
    assert.is(await refused({ uniques: [{ columns: ["written_by"], include: ["note"] }] }), "Note declares a unique constraint of note, a column that notes lacks");
    assert.is(
      await refused({ primaryKey: columns, foreignKeys: [{ columns, references: { table: "notes" } }] }),
      "Note declares a primary key of writtenBy, a column that notes lacks: Note.writtenBy is written_by there; Note declares a foreign key of writtenBy, a column that notes lacks: Note.writtenBy is written_by there",
    );
    assert.is(await refused({ indexes: [{ columns: ["written_by"], include: ["big"] }, { expressions: ["lower(big)"] }], uniques: [{ columns: ["id", "written_by"] }] }), "");
  } finally {
    await project.close();
  }
});

test.run();
