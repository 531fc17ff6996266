import { GmigError } from "../../errors.js";
import { displayName, type ObjectName } from "../../schema/object-name.js";
import type { Answers } from "./question.js";

/** The names that a person may give it: `users` and `public.users`. */
export function namesOf(name: ObjectName): readonly string[] {
  return [...new Set([displayName(name), `${name.schema}.${name.name}`])];
}

/** What somebody answered of a table, or of its column where `column` is `.name`. Every name is looked up, so that none counts as an answer to nothing. */
export function answerFor(table: ObjectName, column: string, answers: Answers): string | undefined {
  const given = namesOf(table).map((name) => answers.get(`rename ${name}${column}`));
  return given.find((answer) => answer !== undefined);
}

/** Refuses an answer that contradicts the model: which of the two is true only a person knows. */
export function saysOther(name: string, stated: string, answer: string): GmigError {
  const other = answer === "" ? "is new" : `was called ${answer}`;
  return new GmigError("USAGE", `The model says that ${name} was called ${stated} before, and the flag that it ${other}`, {
    hint: answer === "" ? "leave out the flag, or renamedFrom in the model" : "leave out the flag, or say in renamedFrom what it says",
    data: { id: `rename ${name}`, stated, answer },
  });
}

export function unknownOld(name: string, answer: string): GmigError {
  return new GmigError("USAGE", `There is no ${answer} that could be renamed to ${name}`, { hint: "gmig check --models", data: { id: `rename ${name}`, answer } });
}
