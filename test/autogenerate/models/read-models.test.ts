import { Model, snakeCaseMappers } from "objection";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { ModelClass } from "../../../src/autogenerate/models/model-class.js";
import { readModels } from "../../../src/autogenerate/models/read-models.js";
import type { GmigError } from "../../../src/errors.js";
import type { DeclaredSchema, DeclaredTable } from "../../../src/schema/declared-schema.js";
import { displayName } from "../../../src/schema/object-name.js";

const test = suite("models/read-models");

function read(models: readonly unknown[], identifier?: (name: string) => string): DeclaredSchema {
  const found = models.map((model) => ({ model: model as ModelClass, file: "models.js" }));
  return readModels(found, { defaultSchema: "public", ...(identifier === undefined ? {} : { identifier }) });
}

function table(schema: DeclaredSchema, name: string): DeclaredTable {
  const found = schema.tables.find((each) => displayName(each) === name);
  assert.ok(found, `there is a table ${name}`);
  return found;
}

const names = ({ columns }: DeclaredTable): readonly string[] => columns.map(({ name }) => name).sort();
const ties = ({ relations }: DeclaredTable): readonly string[] =>
  relations.map(({ columns, references }) => `${columns.join()} → ${displayName(references.table)}.${references.columns.join()}`).sort();

class Animal extends Model {
  static override tableName = "animals";
}

class Person extends Model {
  static override tableName = "persons";
  static override idColumn = ["org", "number"];
  static override jsonSchema = {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string" }, shown: { type: "string" }, pets: { type: "array" }, tags: { type: "array" }, note: { type: ["string", "null"] } },
  };
  static override get virtualAttributes() {
    return ["shown"];
  }
  static override get relationMappings() {
    return {
      pets: { relation: Model.HasManyRelation, modelClass: Animal, join: { from: "persons.number", to: "animals.owner_id" } },
      mother: { relation: Model.BelongsToOneRelation, modelClass: "a file that is not there", join: { from: "persons.mother_id", to: "persons.number" } },
      movies: {
        relation: Model.ManyToManyRelation,
        modelClass: () => Animal,
        join: { from: "persons.number", through: { from: "persons_movies.person_id", to: "persons_movies.movie_id", extra: ["role"] }, to: "movies.id" },
      },
      data: { relation: Model.HasOneRelation, modelClass: Animal, join: { from: "persons.json:a.b", to: "animals.x" } },
      likes: { relation: Model.HasManyRelation, modelClass: Animal, filter: { kind: "x" }, join: { from: "persons.number", to: "animals.liked_id" } },
    };
  }
}

test("columns are the properties that are neither virtual nor relations, and those that relations join", () => {
  const schema = read([Person, Animal]);
  const persons = table(schema, "persons");
  assert.equal(names(persons), ["mother_id", "name", "note", "tags"]);
  assert.equal(persons.idColumns, ["org", "number"]);
  assert.is(persons.idIsExplicit, true);
  assert.equal(ties(persons), ["mother_id → persons.number"]);
  assert.equal(persons.columns.filter(({ required }) => required).map(({ name }) => name), ["name"]);
  assert.is(persons.columns.find(({ name }) => name === "tags")?.meaning?.asJson, true);
  const animals = table(schema, "animals");
  assert.equal(ties(animals), ["owner_id → persons.number"]);
  assert.equal(names(animals), ["owner_id"]);
  assert.is(animals.idIsExplicit, false);
});

test("a join table that no model maps is declared by the relation", () => {
  const join = table(read([Person]), "persons_movies");
  assert.equal(names(join), ["movie_id", "person_id", "role"]);
  assert.equal(join.idColumns, ["person_id", "movie_id"]);
  assert.equal(ties(join), ["movie_id → movies.id", "person_id → persons.number"]);
  class Role extends Model {
    static override tableName = "persons_movies";
  }
  assert.equal(table(read([Person, Role]), "persons_movies").sources, ["Role"]);
});

test("columns that lead to several tables are tied to none", () => {
  class Comment extends Model {
    static override tableName = "comments";
    static override relationMappings = {
      post: { relation: Model.BelongsToOneRelation, modelClass: Animal, join: { from: "comments.about_id", to: "posts.id" } },
    };
  }
  class Photo extends Model {
    static override tableName = "photos";
    static override relationMappings = { comments: { relation: Model.HasManyRelation, modelClass: Comment, join: { from: "photos.id", to: "comments.about_id" } } };
  }
  assert.equal(ties(table(read([Comment, Photo]), "comments")), []);
  assert.equal(ties(table(read([Comment]), "comments")), ["about_id → posts.id"]);
});

test("names go through the model's own mappers, its own $formatDatabaseJson, and Knex's naming", () => {
  class Mapped extends Model {
    static override tableName = "mapped";
    static override columnNameMappers = snakeCaseMappers();
    static override jsonSchema = { type: "object", properties: { createdAt: { type: "string" }, id: { type: "integer" } } };
  }
  assert.equal(names(table(read([Mapped]), "mapped")), ["created_at", "id"]);
  class Own extends Model {
    static override tableName = "own";
    static override jsonSchema = { type: "object", properties: { inner: { type: "string" }, computed: { type: "string" }, plain: { type: "string" } } };
    override $formatDatabaseJson(json: Record<string, unknown>) {
      const { inner, computed: _computed, ...rest } = super.$formatDatabaseJson(json);
      return inner === undefined ? rest : { ...rest, the_inner: inner };
    }
  }
  assert.equal(names(table(read([Own]), "own")), ["plain", "the_inner"]);
  class Strict extends Model {
    static override tableName = "strict";
    static override jsonSchema = { type: "object", properties: { when: { type: "string" } } };
    override $formatDatabaseJson(json: Record<string, unknown>) {
      return { when: (json["when"] as Date).toISOString() };
    }
  }
  assert.equal(names(table(read([Strict]), "strict")), ["when"]);
  class Camel extends Model {
    static override tableName = "userRoles";
    static override jsonSchema = { type: "object", properties: { userId: { type: "integer" } } };
    static override relationMappings = { user: { relation: Model.BelongsToOneRelation, modelClass: Animal, join: { from: "userRoles.userId", to: "appUsers.theId" } } };
  }
  const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const roles = table(read([Camel], snake), "user_roles");
  assert.equal(names(roles), ["user_id"]);
  assert.equal(ties(roles), ["user_id → app_users.the_id"]);
});

test("base classes and mixins: a class without a table of its own is none", () => {
  class Base extends Model {
    static override get tableName() {
      return this.name.toLowerCase();
    }
    static override idColumn = "uid";
  }
  const Stamped = <T extends typeof Model>(base: T) =>
    class extends (base as typeof Model) {
      static override get jsonSchema() {
        return { type: "object", properties: { stamp: { type: "string" } } };
      }
    };
  class City extends Base {}
  class Town extends Stamped(Base as unknown as typeof Model) {
    static override get tableName() {
      return "towns";
    }
  }
  class Plain extends Model {}
  const schema = read([Base, City, Town, Plain, Model]);
  assert.equal(schema.tables.map(displayName), ["city", "towns"]);
  assert.equal(table(schema, "city").idColumns, ["uid"]);
  assert.is(table(schema, "city").idIsExplicit, true);
  assert.equal(names(table(schema, "towns")), ["stamp"]);
});

test("several models on one table are one table, their facts united", () => {
  class Vehicle extends Model {
    static override tableName = "vehicles";
    static override jsonSchema = { type: "object", required: ["name", "wheels"], properties: { name: { type: "string", maxLength: 10 }, wheels: { type: "integer" } } };
    static tableSchema = { uniques: [{ columns: ["name"] }] };
  }
  class Boat extends Model {
    static override tableName = "vehicles";
    static override jsonSchema = { type: "object", required: ["name"], properties: { name: { type: ["string", "null"], maxLength: 20 }, sails: { type: "integer" } } };
    static tableSchema = { indexes: [{ columns: ["sails"] }], uniques: [{ columns: ["name"] }], closed: true };
  }
  const vehicles = table(read([Vehicle, Boat]), "vehicles");
  assert.equal(names(vehicles), ["name", "sails", "wheels"]);
  assert.equal(vehicles.columns.find(({ name }) => name === "name")?.meaning, { kinds: ["string"], admitsNull: true, maxLength: 20, asJson: false });
  assert.equal(vehicles.columns.filter(({ required }) => required), []);
  assert.equal([vehicles.uniques?.length, vehicles.indexes?.length, vehicles.closed], [1, 1, true]);
});

test("several models that contradict each other are an error that names them and all that is wrong", () => {
  class One extends Model {
    static override tableName = "t";
    static override idColumn = "a";
    static override jsonSchema = { type: "object", properties: { x: { type: "string" } } };
    static tableSchema = { columns: { y: { type: "text" } }, comment: "one" };
  }
  class Two extends Model {
    static override tableName = "t";
    static override idColumn = "b";
    static override jsonSchema = { type: "object", properties: { x: { type: "integer" } } };
    static tableSchema = { columns: { y: { type: "citext" } }, comment: "two" };
  }
  assert.throws(
    () => read([One, Two]),
    (error: { code: string; message: string }) =>
      error.code === "MODEL_INVALID" &&
      /^One and Two contradict each other on t: idColumn is a and b; column x is string and integer; column y: type is "text" and "citext"; comment is "one" and "two"$/.test(
        error.message.replace(/; comment is/, "; comment is"),
      ),
  );
});

test("tableSchema is checked, all problems at once", () => {
  class Wrong extends Model {
    static override tableName = "t";
    static tableSchema = { column: {}, uniques: { columns: [] } };
  }
  class Deep extends Model {
    static override tableName = "t";
    static tableSchema = { columns: { a: { typ: "text" } }, indexes: [{ colums: ["a"] }] };
  }
  assert.throws(() => read([Wrong]), /The model Wrong: tableSchema knows no column: it takes columns, .*; tableSchema.uniques should be a list/);
  assert.throws(() => read([Deep]), /tableSchema.columns.a knows no typ: it takes type, .*; tableSchema.indexes\[0\] knows no colums: it takes/);
  class Values extends Model {
    static override tableName = "t";
    static tableSchema = {
      columns: { a: { default: 0 }, b: { identity: "sometimes" }, c: { generated: true } },
      primaryKey: { column: ["a"] },
      uniques: [{ columns: "a" }, {}],
      indexes: [{ columns: [1] }],
      foreignKeys: [{ columns: ["a"], references: { columns: ["id"] } }],
      checks: [{ name: "c" }],
      enums: { mood: { renamed: {} } },
    };
  }
  assert.throws(
    () => read([Values]),
    (error: { readonly data: { readonly problems: readonly string[] } }) => {
      assert.equal(error.data.problems, [
        "tableSchema.columns.a.default should be a string or null, not the number 0",
        'tableSchema.columns.b.identity should be "always", "by default", an object or null',
        "tableSchema.columns.c.generated should be a string, an object or null, not the boolean true",
        "tableSchema.primaryKey lacks columns",
        "tableSchema.primaryKey knows no column: it takes columns, name, include, deferrable, withoutOverlaps, nullsNotDistinct, comment",
        "tableSchema.enums.mood lacks values",
        "tableSchema.uniques[0].columns should be a list of strings",
        "tableSchema.uniques[1] lacks columns",
        "tableSchema.indexes[0].columns should be a list of strings and objects",
        "tableSchema.foreignKeys[0].references lacks table",
        "tableSchema.checks[0] lacks expression",
      ]);
      return true;
    },
  );
});

test("a model that throws is named, with its file", () => {
  class Broken extends Model {
    static override tableName = "t";
    static override get relationMappings(): never {
      throw new Error("cannot access 'Other' before initialization");
    }
  }
  assert.throws(() => read([Broken]), /The model Broken in models.js can't be read: cannot access 'Other' before initialization/);
});

test("schemas in names, and false for what is no column", () => {
  class Bill extends Model {
    static override tableName = "billing.bills";
    static override jsonSchema = { type: "object", properties: { a: { type: "string" }, b: { type: "string" } } };
    static tableSchema = { columns: { b: false as const }, foreignKeys: [{ columns: ["a"], references: { table: "users" } }], renamedFrom: "old", enums: { "billing.kind": ["x"], mood: ["y"] } };
  }
  const schema = read([Bill]);
  const bills = table(schema, "billing.bills");
  assert.equal(names(bills), ["a"]);
  assert.equal(bills.notColumns, ["b"]);
  assert.equal(bills.foreignKeys?.[0]?.references, { table: { schema: "public", name: "users" } });
  assert.equal(bills.renamedFrom, { schema: "billing", name: "old" });
  assert.equal(schema.enums.map(displayName), ["billing.kind", "mood"]);
});

test("names that PostgreSQL would cut are refused, all at once", () => {
  const long = "é".repeat(32);
  class Long extends Model {
    static override tableName = "t";
    static override jsonSchema = { type: "object", properties: { [`${"x".repeat(63)}y`]: { type: "string" }, ["x".repeat(63)]: { type: "string" } } };
    static tableSchema = { uniques: [{ columns: ["a"], name: long }], enums: { [`${long}e`]: ["a"] } };
  }
  try {
    read([Long]);
    assert.unreachable();
  } catch (error) {
    assert.is((error as GmigError).code, "MODEL_INVALID");
    assert.equal((error as GmigError).data["names"], [`${"x".repeat(63)}y`, long, `${long}e`]);
  }
  class Other extends Long {
    static override tableSchema = { ...Long.tableSchema, managed: false, enums: {} };
  }
  assert.is(table(read([Other]), "t").managed, false);
});

test.run();
