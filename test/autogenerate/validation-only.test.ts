import type { Knex } from "knex";
import { knexSnakeCaseMappers, Model, snakeCaseMappers } from "objection";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compareModels, type Comparison } from "../../src/autogenerate/compare/compare-models.js";
import type { ModelClass } from "../../src/autogenerate/models/model-class.js";
import { readModels } from "../../src/autogenerate/models/read-models.js";
import { canonicalTables } from "../../src/database/introspect/canonical-tables.js";
import { describe } from "../../src/operation/operations.js";
import { openProject, type Project } from "./project.js";

const test = suite("autogenerate/validation-only");

/** What such an application's own migrations make: Knex's ways, a view, an enum as a check, keys of several columns, timestamps that no schema has. */
async function migrate(knex: Knex): Promise<void> {
  await knex.raw("create extension citext; create type level as enum ('low', 'high', 'top')");
  await knex.schema.createTable("users", (table) => {
    table.increments();
    table.specificType("email", "citext").notNullable().unique();
    table.string("full_name").notNullable();
    table.enu("role", ["admin", "member", "guest"]).defaultTo("member").notNullable();
    table.specificType("level", "level").defaultTo("low");
    table.date("born_on");
    table.jsonb("settings").defaultTo("{}");
    table.specificType("tags", "text[]");
    table.text("legacy_json");
    table.bigInteger("quota");
    table.decimal("balance", 12, 2).defaultTo(0);
    table.specificType("last_ip", "inet");
    table.timestamps(true, true);
  });
  await knex.schema.createTable("teams", (table) => {
    table.uuid("id").primary().defaultTo(knex.raw("gen_random_uuid()"));
    table.string("name", 50).notNullable();
    table.integer("owner_id").unsigned().references("id").inTable("users").onDelete("SET NULL").index();
    table.integer("plan_id");
    table.boolean("active").defaultTo(true);
    table.smallint("size");
    table.timestamp("deleted_at");
    table.timestamp("archived_at", { useTz: false });
  });
  await knex.schema.createTable("teams_users", (table) => {
    table.uuid("team_id").references("id").inTable("teams");
    table.integer("user_id").references("id").inTable("users");
    table.string("title");
    table.primary(["team_id", "user_id"]);
  });
  await knex.schema.createTable("measurements", (table) => {
    table.integer("device");
    table.timestamp("at");
    table.float("value", 8);
    table.double("error");
    table.primary(["device", "at"]);
  });
  await knex.raw("create view active_teams as select id, name from teams where active");
  await knex.schema.createTable("knex_migrations", (table) => void table.increments());
}

class Base extends Model {
  static override columnNameMappers = snakeCaseMappers();
  static override get modelPaths() {
    return ["nowhere"];
  }
}

const Stamps = (Parent: typeof Model) =>
  class extends Parent {
    static override get jsonSchema() {
      return { ...super.jsonSchema, properties: { ...super.jsonSchema?.properties, createdAt: { type: "string" } } };
    }
  };

class PlainUser extends Base {
  static override tableName = "users";
  static override jsonSchema: typeof Model.jsonSchema = {
    type: "object",
    required: ["email", "fullName"],
    properties: {
      id: { type: "integer" },
      email: { type: "string", format: "email", maxLength: 255 },
      fullName: { type: "string", minLength: 1, maxLength: 255 },
      role: { type: "string", enum: ["member", "guest"] },
      level: { enum: ["low", "top"] },
      bornOn: { type: "string" },
      settings: { type: "object", properties: { deep: { type: "number" } } },
      tags: { type: "array", items: { type: "string" } },
      legacyJson: { type: ["object", "null"] },
      quota: { type: "string" },
      balance: { type: ["number", "null"] },
      lastIp: { type: "string", format: "ipv4" },
      updatedAt: { type: "string", format: "date-time" },
      initials: { type: "string" },
      teams: { type: "array" },
    },
  };
  static override virtualAttributes = ["initials"];
  static override relationMappings = {
    teams: {
      relation: Model.ManyToManyRelation,
      modelClass: "Team",
      join: { from: "users.id", through: { from: "teams_users.user_id", to: "teams_users.team_id", extra: ["title"] }, to: "teams.id" },
    },
    owned: { relation: Model.HasManyRelation, modelClass: "Team", join: { from: "users.id", to: "teams.owner_id" } },
  };
}

class User extends Stamps(PlainUser) {}

class Team extends Base {
  static override tableName = "teams";
  static override jsonSchema = {
    type: "object",
    required: ["name", "ownerId"],
    additionalProperties: false,
    properties: {
      id: { type: "string", format: "uuid" },
      name: { type: "string", maxLength: 50 },
      ownerId: { type: ["integer", "null"] },
      size: { type: "integer", minimum: 0, maximum: 1000 },
      deletedAt: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
      archivedAt: { type: ["string", "null"], format: "date-time" },
    },
  };
  static override relationMappings = {
    plan: { relation: Model.BelongsToOneRelation, modelClass: "Plan", join: { from: "teams.plan_id", to: "plans.id" } },
    owner: { relation: Model.BelongsToOneRelation, modelClass: User, join: { from: "teams.owner_id", to: "users.id" } },
  };
}

class ActiveTeam extends Base {
  static override tableName = "active_teams";
  static override jsonSchema = { type: "object", properties: { name: { type: "integer" }, gone: { type: "string" } } };
}

class Measurement extends Base {
  static override tableName = "measurements";
  static override idColumn = ["device", "at"];
  static override jsonSchema = { type: "object", required: ["device", "at"], properties: { device: { type: "integer" }, at: { type: "string" }, value: { type: "number" }, error: { type: ["number", "null"] } } };
}

const MODELS = [User, Team, ActiveTeam, Measurement] as unknown as readonly ModelClass[];

async function withApplication(body: (project: Project) => Promise<void>): Promise<void> {
  const project = await openProject("select 1");
  try {
    await migrate(project.knex);
    await body(project);
  } finally {
    await project.close();
  }
}

const isForeign = ({ name }: { readonly name: string }): boolean => name.startsWith("knex_");
const words = ({ operations }: Comparison): readonly string[] => operations.map(describe);

test("models that only validate find nothing on the database that their own migrations made", () =>
  withApplication(async (project) => {
    const comparison = await project.compare(MODELS, { options: { hasRows: () => true, isForeign } });
    assert.equal(words(comparison), []);
    assert.equal(comparison.questions, []);
    assert.equal(comparison.kept.map(({ name }) => name), ["teams.active"]);
    assert.equal(comparison.suggestions, []);
  }));

test("what they plainly contradict is found, and nothing else", () =>
  withApplication(async (project) => {
    const properties = { ...PlainUser.jsonSchema?.properties };
    class Changed extends PlainUser {
      static override jsonSchema = {
        type: "object",
        required: ["fullName"],
        properties: {
          ...properties,
          fullName: { type: ["string", "null"], maxLength: 300 },
          role: { type: "string", enum: ["admin", "owner"] },
          level: { enum: ["low", "extreme"] },
          quota: { type: "integer", maximum: 10 },
          bornOn: { type: "boolean" },
          nickname: { type: "string", maxLength: 30 },
        },
      };
    }
    const comparison = await project.compare([Changed as unknown as ModelClass, Team as unknown as ModelClass], { options: { isForeign } });
    assert.equal(words(comparison), [
      "alter enum level: add extreme",
      "drop check users_role_check on users: (role = ANY (ARRAY['admin'::text, 'member'::text, 'guest'::text]))",
      "add column users.nickname character varying(30)",
      "alter column users.full_name: type character varying(255) becomes character varying(300)",
      "alter column users.full_name: takes null",
      "alter column users.born_on: type date becomes boolean",
      "add check users_role_check on users: (role = ANY (ARRAY['admin'::text, 'member'::text, 'guest'::text, 'owner'::text]))",
    ]);
    assert.is(comparison.reasons.get("users.born_on"), "a boolean can't live in date");
    assert.is(comparison.reasons.get("users.full_name"), "300 characters don't fit into character varying(255)");
  }));

test("relations on columns that are there are only suggested, unless asked for", () =>
  withApplication(async (project) => {
    await project.connection.query("create table plans (id int primary key)");
    class Plan extends Base {
      static override tableName = "plans";
    }
    const models = [...MODELS, Plan as unknown as ModelClass];
    const comparison = await project.compare(models, { options: { isForeign } });
    assert.equal(words(comparison), []);
    assert.equal(comparison.suggestions.map(({ message }) => message), ["teams (plan_id) could have a foreign key to plans (id), as Team.plan joins them"]);
    const asked = await project.compare(models, { options: { isForeign, foreignKeys: true } });
    assert.equal(words(asked), ["add foreign key teams_plan_id_fkey on teams (plan_id) to plans (id)"]);
  }));

test("an empty database gets all that the models tell, and then they find nothing", () =>
  withApplication(async (project) => {
    await project.connection.query("drop schema public cascade; create schema public");
    class Plan extends Base {
      static override tableName = "plans";
    }
    const unmapped = [User, Team, Measurement, Plan] as unknown as readonly ModelClass[];
    try {
      await project.compare(unmapped);
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), "User.teams does not tell the type of column teams_users.title: declare one in tableSchema.columns");
    }
    class Membership extends Base {
      static override tableName = "teams_users";
      static override idColumn = ["team_id", "user_id"];
      static override jsonSchema = { type: "object", properties: { title: { type: "string" } } };
    }
    const models = [...unmapped, Membership as unknown as ModelClass];
    const comparison = await project.compare(models);
    assert.equal(words(comparison).toSorted(), ["create table measurements", "create table plans", "create table teams", "create table teams_users", "create table users"]);
    const { renderRevision } = await import("../../src/autogenerate/render/render-revision.js");
    const revision = renderRevision(comparison.operations, { format: "knex", bareSchema: "public", hazards: [], kept: [] });
    await project.run(revision, "up", "knex");
    assert.equal(words(await project.compare(models)), []);
    const { tables } = await project.read();
    const column = (table: string, name: string) => tables.find((each) => each.name === table)?.columns.find((each) => each.name === name);
    assert.equal(
      [column("users", "id")?.identity?.generation, column("teams", "id")?.default, column("teams", "plan_id")?.type, column("teams_users", "team_id")?.type, column("teams_users", "user_id")?.type],
      ["by default", "gen_random_uuid()", "integer", "uuid", "integer"],
    );
    assert.equal([column("users", "email")?.nullable, column("users", "role")?.type, column("users", "initials"), column("measurements", "device")?.identity], [false, "text", undefined, null]);
  }));

test("a column that is dropped where no model mentions it is no idColumn, and no column of a model without a schema", async () => {
  const project = await openProject("create table logs (id serial primary key, text text, old text); create table notes (id serial primary key, text text, old text)");
  class Log extends Model {
    static override tableName = "logs";
  }
  class Note extends Model {
    static override tableName = "notes";
    static override jsonSchema = { type: "object", properties: { text: { type: "string" } } };
  }
  const { operations, kept } = await project.compare([Log, Note] as unknown as readonly ModelClass[], { options: { dropUndeclared: true } });
  await project.close();
  assert.equal(operations.map(describe), ["drop column notes.old"]);
  assert.equal(kept.map(({ name }) => name), ["logs.text", "logs.old"]);
});

test("names that Knex maps are found under knexSnakeCaseMappers", () =>
  withApplication(async (project) => {
    class Camel extends Model {
      static override tableName = "teamsUsers";
      static override idColumn = ["teamId", "userId"];
      static override jsonSchema = { type: "object", properties: { teamId: { type: "string" }, userId: { type: "integer" }, title: { type: "string" } } };
    }
    const mappers = knexSnakeCaseMappers() as unknown as { wrapIdentifier(name: string, wrap: (name: string) => string): string };
    const declared = readModels([{ model: Camel as unknown as ModelClass, file: "camel.js" }], {
      defaultSchema: "public",
      identifier: (name) => mappers.wrapIdentifier(name, (mapped) => mapped),
    });
    const actual = await project.read();
    const canonical = (request: Parameters<typeof canonicalTables>[1]) =>
      canonicalTables(project.connection, request, { serverVersion: actual.serverVersion, bareSchema: "public" });
    assert.equal(words(await compareModels({ declared, actual, canonical, options: { isForeign } })), []);
  }));

test.run();
