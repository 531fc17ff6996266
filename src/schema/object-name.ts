import { quoteIdentifier } from "./identifier.js";

/** The name of an object that lives in a schema, both parts as the catalogue stores them, unquoted. */
export interface ObjectName {
  readonly schema: string;
  readonly name: string;
}

/** The name as people say it: `users`, and `billing.users` outside of `public`. For messages and for keys of maps, not for SQL. */
export function displayName({ schema, name }: ObjectName): string {
  return schema === "public" ? name : `${schema}.${name}`;
}

/** The name as SQL takes it everywhere, whatever the search path: `public.users`, `billing."Order"`. */
export function quoteName({ schema, name }: ObjectName): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

export function isSameName(left: ObjectName, right: ObjectName): boolean {
  return left.schema === right.schema && left.name === right.name;
}
