import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { typeName } from "./column-kind.js";

/** The domains of an enum type or of arrays of it, in words: `domain calm`. */
export function domainsOf(type: ObjectName, actual: Schema): readonly string[] {
  return actual.domains
    .filter((domain) => isSameName(typeName(domain.type.replace(/(\[\])+$/, ""), actual), type))
    .map((domain) => `domain ${displayName(domain)}`);
}

/** What else is made of an enum type, beside columns and what reads them, in words: `function f(m mood)`. */
export function usersOf(type: ObjectName, actual: Schema): readonly string[] {
  const uses = findByName(actual.enums, type)?.usedBy ?? [];
  return uses.map((use) => `${use.kind} ${use.schema === "" ? use.name : displayName(use)}`);
}
