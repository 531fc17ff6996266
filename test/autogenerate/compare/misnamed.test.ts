import { Model, snakeCaseMappers } from "objection";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ModelClass } from "../../../src/autogenerate/models/model-class.js";
import { readModels } from "../../../src/autogenerate/models/read-models.js";
import { describe } from "../../../src/operation/operations.js";
import type { TableSchema } from "../../../src/schema/table-schema.js";
import { openProject } from "../project.js";

const test = suite("compare/misnamed");

const integer = { type: "integer" };

/** Pets with an owner, in camelCase where Objection wants the database's names. */
function pets({ mapped = true, id = "id", from = "ownerId", tableSchema = {} }: { readonly mapped?: boolean; readonly id?: string; readonly from?: string; readonly tableSchema?: TableSchema } = {}): readonly ModelClass[] {
  class Base extends Model {
    static override columnNameMappers = (mapped ? snakeCaseMappers() : undefined) as never;
  }
  class Owner extends Base {
    static override tableName = "owners";
    static override jsonSchema = { type: "object", properties: { id: integer } };
  }
  class Pet extends Base {
    static override tableName = "pets";
    static override idColumn = id;
    static tableSchema = tableSchema;
    static override jsonSchema = { type: "object", properties: { id: integer, petId: integer, ownerId: integer } };
    static override relationMappings = {
      owner: { relation: Model.BelongsToOneRelation, modelClass: Owner, join: { from: `pets.${from}`, to: "owners.id" } },
      tags: { relation: Model.ManyToManyRelation, modelClass: Owner, join: { from: "pets.id", through: { from: "pets_tags.petId", to: "pets_tags.tagId" }, to: "owners.id" } },
    };
  }
  return [Owner, Pet] as unknown as readonly ModelClass[];
}

/** What would be done; the message and hint where that is refused. */
async function compare(sql: string, models: readonly ModelClass[]): Promise<readonly string[]> {
  const project = await openProject(sql);
  try {
    return (await project.compare(models)).operations.map(describe);
  } catch (error) {
    const { code, message, hint = "" } = error as { readonly code: string; readonly message: string; readonly hint?: string };
    return [code, message, hint];
  } finally {
    await project.close();
  }
}

const THERE = "create table owners (id int primary key); create table pets_tags (\"petId\" int, \"tagId\" int); create table pets (id int primary key, pet_id int, owner_id int";

test("a join that says the property instead of the column: no second column is made", async () => {
  const said = [
    "MODEL_INVALID",
    "idColumn and join take the names of columns, as the database has them: Pet.owner says pets.ownerId, and the model writes its property to owner_id",
    "write owner_id for ownerId of pets; a column of that name is declared by tableSchema = { columns: { ownerId: {} } }",
  ];
  assert.equal(await compare(`${THERE})`, pets()), said);
  assert.equal(await compare("", pets()), said);
  assert.equal(await compare(`${THERE})`, pets({ from: "owner_id" })), []);
});

test("so with idColumn, and all are named at once", async () => {
  const [code, message] = await compare("", pets({ id: "petId" }));
  assert.is(code, "MODEL_INVALID");
  assert.match(message ?? "", ": Pet.idColumn says pets.petId, and the model writes its property to pet_id; Pet.owner says pets.ownerId, and");
});

test("a column that the database really has, or that is written as it is called, is no such thing", async () => {
  assert.equal(await compare(`${THERE}, "ownerId" int)`, pets()), []);
  const stated = await compare(`${THERE})`, pets({ tableSchema: { columns: { ownerId: { type: "int" } } } }));
  assert.equal(stated.slice(0, 2), ["MODEL_INVALID", "The model Pet: tableSchema.columns has the database's names: owner_id in place of ownerId"]);
  assert.equal(await compare(`${THERE}, "ownerId" int, "petId" int)`, pets({ mapped: false })), []);
});

test("under Knex's own naming, names in joins are not the database's, and nothing is wrong with them", () => {
  const found = pets().map((model) => ({ model, file: "models.js" }));
  const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const misnamed = (identifier?: (name: string) => string) =>
    readModels(found, { defaultSchema: "public", ...(identifier === undefined ? {} : { identifier }) }).tables.flatMap((table) => table.misnamed ?? []);
  assert.equal(misnamed(), [{ name: "ownerId", written: "owner_id", source: "Pet.owner" }]);
  assert.equal(misnamed(snake), []);
});

test.run();
