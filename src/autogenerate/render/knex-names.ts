import type { ObjectName } from "../../schema/object-name.js";
import { jsText } from "./js-text.js";

/**
 * Whether Knex's schema builder can be trusted with the name: it splits at dots, reads ` as ` as an alias and `?` as a place for a value. `mapped`
 * tells what the project's own `wrapIdentifier` makes of a name, which must be the name itself.
 */
export type IsSafeName = (name: string) => boolean;

/** {@link IsSafeName} for a project that maps identifiers in this way. */
export function safeNames(mapped: (name: string) => string): IsSafeName {
  return (name) => /^[A-Za-z_][\w$-]*$/.test(name) && mapped(name) === name;
}

/** `knex.schema`, or with the schema that the object lies in. */
export function schemaBuilder({ schema }: ObjectName, bareSchema: string): string {
  return schema === bareSchema ? "knex.schema" : `knex.schema.withSchema(${jsText(schema)})`;
}

/** A table as `inTable` takes it. */
export function tableReference({ schema, name }: ObjectName, bareSchema: string): string {
  return jsText(schema === bareSchema ? name : `${schema}.${name}`);
}
