import knexFactory, { type Knex } from "knex";
import { Model } from "objection";
import type { CompareOptions } from "../../src/autogenerate/compare/compare-options.js";
import { compareModels, type CompareInput, type Comparison } from "../../src/autogenerate/compare/compare-models.js";
import { readModels } from "../../src/autogenerate/models/read-models.js";
import type { ModelClass } from "../../src/autogenerate/models/model-class.js";
import { renderRevision, type RenderedRevision } from "../../src/autogenerate/render/render-revision.js";
import { canonicalTables, type CanonicalCache } from "../../src/database/introspect/canonical-tables.js";
import { readSchema } from "../../src/database/introspect/read-schema.js";
import type { Queryable } from "../../src/database/queryable.js";
import type { Schema } from "../../src/schema/schema.js";
import type { TableSchema } from "../../src/schema/table-schema.js";
import { connect, freshDatabase, type Connection } from "../support/postgres.js";

/** A project's database and what autogenerate does with it: read, compare, write, run. */
export interface Project {
  readonly connection: Connection;
  readonly knex: Knex;
  read(): Promise<Schema>;
  compare(models: readonly ModelClass[], input?: Partial<CompareInput>): Promise<Comparison>;
  /** Runs a rendered body, in a transaction if it allows one. */
  run(revision: RenderedRevision, direction: "up" | "down", format: "knex" | "sql"): Promise<void>;
  close(): Promise<void>;
}

export interface ProjectOptions {
  readonly schemas?: readonly string[];
  readonly cache?: CanonicalCache;
}

/** A project on a fresh database, in which `sql` was run. */
export async function openProject(sql: string, { schemas, cache }: ProjectOptions = {}): Promise<Project> {
  const { url } = await freshDatabase();
  const connection = await connect(url);
  const knex = knexFactory({ client: "pg", connection: url, pool: { min: 0, max: 1 } });
  try {
    await connection.query(sql);
  } catch (error) {
    await connection.close();
    throw error;
  }
  const read = (): Promise<Schema> => readSchema(connection, { schemas, searchPath: ["public"] });
  return {
    connection,
    knex,
    read,
    async compare(models, input = {}) {
      const actual = await read();
      return compareModels({
        declared: readModels(models.map((model) => ({ model, file: "models.ts" })), { defaultSchema: "public" }),
        actual,
        canonical: (request) => canonicalTables(connection, request, { serverVersion: actual.serverVersion, bareSchema: "public", cache }),
        ...input,
        options: { hasRows: () => false, ...input.options },
      });
    },
    async run(revision, direction, format) {
      if (format === "sql") {
        await runSql(connection, revision, revision[direction]);
        return;
      }
      const body = compileBody(revision[direction]);
      if (revision.transaction) await knex.transaction((transaction) => body(transaction));
      else await body(knex);
    },
    async close() {
      await connection.close();
      await knex.destroy();
    },
  };
}

/** A database, what models declare of it, and how they are compared. */
export interface Case {
  readonly sql: string;
  readonly tables: Readonly<Record<string, TableSchema>>;
  readonly options?: Partial<CompareOptions>;
  readonly answers?: Readonly<Record<string, string>>;
}

/** Compares on a database of its own. */
export async function compare({ sql, tables, options = {}, answers = {} }: Case): Promise<Comparison> {
  const project = await openProject(sql);
  try {
    const models = Object.entries(tables).map(([name, schema]) => modelOf(name, schema, { idColumn: null }));
    return await project.compare(models, { answers: new Map(Object.entries(answers)), options });
  } finally {
    await project.close();
  }
}

/** Rendered text of what a comparison found. */
export function render(comparison: Comparison, format: "knex" | "sql"): RenderedRevision {
  const { operations, hazards } = comparison;
  return renderRevision(operations, { format, bareSchema: "public", hazards, kept: comparison.kept.map(({ name }) => name) });
}

/** A model class for a table, with `tableSchema` and, if need be, more static properties. */
export function modelOf(tableName: string, tableSchema: TableSchema, more: Readonly<Record<string, unknown>> = {}): ModelClass {
  const model = class extends Model {};
  Object.defineProperty(model, "name", { value: tableName.replaceAll(/\W/g, "_") });
  Object.assign(model, { tableName, tableSchema, ...more });
  return model as unknown as ModelClass;
}

type Body = (knex: Knex) => Promise<void>;

function compileBody(text: string): Body {
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor as new (parameter: string, body: string) => Body;
  return new AsyncFunction("knex", text);
}

async function runSql(session: Queryable, revision: RenderedRevision, text: string): Promise<void> {
  if (text === "") return;
  if (revision.transaction) await session.query(text);
  else for (const statement of text.split(/;\n|;$/)) await session.query(statement);
}
