import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import type { Routine } from "../../schema/routine.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { typeName } from "./column-kind.js";

/** The domains of an enum type or of arrays of it, in words: `domain calm`. */
export function domainsOf(type: ObjectName, actual: Schema): readonly string[] {
  return actual.domains
    .filter((domain) => isSameName(typeName(domain.type.replace(/(\[\])+$/, ""), actual), type))
    .map((domain) => `domain ${displayName(domain)}`);
}

/** The functions and procedures that are made of an enum type, and that can be made again with it: by its owner, so that they are their owner's again. */
export function routinesOf(type: ObjectName, schema: Schema): readonly Routine[] {
  const enumType = findByName(schema.enums, type);
  const uses = enumType?.usedBy.filter(({ isRoutine }) => isRoutine) ?? [];
  return schema.routines.filter((routine) => routine.owner === enumType?.owner && uses.some((use) => isSameName(use, inUse(routine))));
}

/** What else is made of an enum type, beside columns, what reads them, and these routines; in words: `function f(m mood)`. */
export function usersOf(type: ObjectName, actual: Schema, routines: readonly Routine[] = []): readonly string[] {
  const uses = findByName(actual.enums, type)?.usedBy ?? [];
  return uses
    .filter((use) => !routines.some((routine) => isSameName(use, inUse(routine))))
    .map((use) => `${use.kind} ${use.schema === "" ? use.name : displayName(use)}`);
}

/** Its name as a use of a type has it. */
function inUse({ schema, name, arguments: list }: Routine): ObjectName {
  return { schema, name: `${name}(${list})` };
}
