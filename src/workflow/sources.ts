import { join } from "node:path";
import { loadModels } from "../autogenerate/models/load-models.js";
import { readModels } from "../autogenerate/models/read-models.js";
import type { Config } from "../config/config.js";
import type { Connection, Database } from "../database/database.js";
import { queryFailed } from "../database/database-error.js";
import { readSchema } from "../database/introspect/read-schema.js";
import { GmigError } from "../errors.js";
import type { DeclaredSchema } from "../schema/declared-schema.js";
import type { Schema } from "../schema/schema.js";
import { type KnexNames, namesOf } from "./knex-names.js";
import type { Project } from "./project.js";

/** What models declare. */
export interface Declared {
  readonly schema: DeclaredSchema;
  /** Every file that it follows from. */
  readonly inputs: readonly string[];
}

/** A database and models. */
export interface Sources {
  readonly project: Project;
  readonly database: Database;
  readonly connection: Connection;
  readonly names: KnexNames;
  /** The schema whose objects stand bare. */
  readonly bareSchema: string;
  /** Loads the models, once. Begin when the server has something to do: the first one brings all of Objection with it, and nothing is sent meanwhile. */
  readonly declare: () => Promise<Declared>;
}

async function declaredBy(config: Config, { identifier }: KnexNames, defaultSchema: string): Promise<Declared> {
  if (config.models.length === 0) {
    throw new GmigError("CONFIG_INVALID", "The configuration does not say where the models are", { hint: 'models: "src/models/**/*.ts"', data: { key: "models" } });
  }
  const { models, inputs } = await loadModels(config.models, { root: config.root, cache: join(config.cache, "modules"), register: config.register });
  return { schema: readModels(models, { defaultSchema, ...(identifier === undefined ? {} : { identifier }) }), inputs };
}

/** Returns what is to be compared; nothing is read yet. */
export async function sourcesOf(project: Project, database: Database, connection: Connection): Promise<Sources> {
  const { config } = project;
  const names = await namesOf(config);
  const bareSchema = config.schemas[0] ?? "public";
  let declaring: Promise<Declared> | null = null;
  const declare = (): Promise<Declared> => {
    declaring ??= declaredBy(config, names, bareSchema);
    // Whoever waits for it is told; and it may be that nobody gets that far.
    declaring.catch(() => undefined);
    return declaring;
  };
  return { project, database, connection, names, bareSchema, declare };
}

/**
 * Reads the schemas that are compared.
 *
 * @throws GmigError CONNECTION_FAILED, or that of the database.
 */
export async function readActual({ project, database, connection, bareSchema }: Sources): Promise<Schema> {
  return readSchema(connection, { schemas: project.config.schemas, searchPath: [bareSchema] }).catch((error: unknown) => {
    throw queryFailed(error, database.address, "reading the schema");
  });
}
