import { quoteLiteral } from "../schema/literal.js";
import type { Routine } from "../schema/routine.js";
import { grantAnew } from "./grant-statements.js";
import type { Naming } from "./naming.js";

export function dropRoutine(routine: Routine, naming: Naming): string {
  return `drop ${nameOf(routine, naming)}`;
}

/** Makes a function or procedure as it was, with comment and grants; its owner is whoever runs it. */
export function createRoutine(routine: Routine, naming: Naming): readonly string[] {
  const { definition, comment, grants, owner } = routine;
  const name = nameOf(routine, naming);
  return [
    definition.trim(),
    ...(comment === null ? [] : [`comment on ${name} is ${quoteLiteral(comment)}`]),
    ...grantAnew(name, grants, owner),
  ];
}

/** `function f(m mood)` */
function nameOf({ kind, arguments: list, ...name }: Routine, naming: Naming): string {
  return `${kind === "procedure" ? kind : "function"} ${naming(name)}(${list})`;
}
