import { onlyAdds } from "../../operation/alter-enum.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { EnumType } from "../../schema/type.js";
import { enumDependents } from "./enum-dependents.js";
import type { Staged } from "./stage.js";

/** What takes the enum types to those that should be there. What depends on one that is made anew is filled in when its turn comes. */
export function diffEnums(base: Schema, target: Schema): readonly Staged[] {
  return [
    ...target.enums.flatMap((type): readonly Staged[] => {
      const there = findByName(base.enums, type);
      if (there === undefined) return [{ stage: "enum", operation: { kind: "create enum", type } }];
      return [...diffValues(there, type, base), ...diffComment(there, type)];
    }),
    ...base.enums
      .filter((type) => findByName(target.enums, type) === undefined)
      .map((type): Staged => ({ stage: "drop enum", operation: { kind: "drop enum", type } })),
  ];
}

/** Whether the enum is made anew, because values go or move. */
export function isRecreated(there: EnumType, target: Schema): boolean {
  const wish = findByName(target.enums, there);
  return wish !== undefined && !onlyAdds(there.values, wish.values);
}

function diffValues(there: EnumType, wish: EnumType, base: Schema): readonly Staged[] {
  if (there.values.join("\n") === wish.values.join("\n")) return [];
  const { values: from } = there;
  const operation = { kind: "alter enum", type: there, from, to: wish.values, dependents: enumDependents(there, base), anew: false, anewBack: false } as const;
  return [{ stage: onlyAdds(from, wish.values) ? "enum" : "recreate enum", operation }];
}

function diffComment(there: EnumType, wish: EnumType): readonly Staged[] {
  if (there.comment === wish.comment) return [];
  const { schema, name } = wish;
  const on = { kind: "type", type: { schema, name } } as const;
  return [{ stage: "comment", operation: { kind: "set comment", on, from: there.comment, to: wish.comment } }];
}
