import { quoteIdentifier } from "../schema/identifier.js";
import { quoteName, type ObjectName } from "../schema/object-name.js";

/** How SQL names objects: those of one schema bare, as a person would, all others with their schema. */
export type Naming = (name: ObjectName) => string;

/** Names the objects of `bareSchema` without it: the schema whose objects stand bare in the definitions too. */
export function namingFor(bareSchema: string): Naming {
  return (name) => (name.schema === bareSchema ? quoteIdentifier(name.name) : quoteName(name));
}
