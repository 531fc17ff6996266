import type { ObjectName } from "../../schema/object-name.js";

/** Makes the database's name of one that the code uses, as Knex's `wrapIdentifier` does when it is configured. */
export type Identifier = (name: string) => string;

/** `users`, or `billing.users` for another schema than `defaultSchema`. */
export function parseTableName(text: string, identifier: Identifier, defaultSchema: string): ObjectName {
  const place = text.indexOf(".");
  return place === -1
    ? { schema: defaultSchema, name: identifier(text) }
    : { schema: identifier(text.slice(0, place)), name: identifier(text.slice(place + 1)) };
}
