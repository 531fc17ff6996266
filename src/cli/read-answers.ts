import { GmigError } from "../errors.js";

/** What `--rename`, `--new` and `--value` say, by question. */
export interface AnswerFlags {
  readonly renames: readonly string[];
  readonly news: readonly string[];
  readonly values: readonly string[];
}

function usage(flag: string, text: string, form: string): GmigError {
  return new GmigError("USAGE", `${flag} takes ${form}, not ${text}`, { hint: "gmig revision --help" });
}

/**
 * `users.name:full_name` says that the column `users.full_name` was `name` before; `people:users` the same of a table, and `billing.people:public.users` or
 * `billing.users:users` of one that moves.
 */
function readRename(text: string): readonly [string, string] {
  const [, before, after] = /^([^:]+):([^:]+)$/.exec(text) ?? [];
  if (before === undefined || after === undefined) throw usage("--rename", text, "OLD:NEW, as users.name:full_name or people:users");
  const dot = before.lastIndexOf(".");
  if (after.includes(".") || dot < 0 || before.slice(dot + 1) === after) return [`rename ${after}`, before];
  return [`rename ${before.slice(0, dot)}.${after}`, before.slice(dot + 1)];
}

function readValue(text: string): readonly [string, string] {
  const equals = text.indexOf("=");
  if (equals < 1) throw usage("--value", text, "TABLE.COLUMN=SQL");
  return [`value ${text.slice(0, equals)}`, text.slice(equals + 1)];
}

/** Reads the answers that flags give. */
export function readAnswers({ renames, news, values }: AnswerFlags): ReadonlyMap<string, string> {
  return new Map([...renames.map(readRename), ...news.map((name): readonly [string, string] => [`rename ${name}`, ""]), ...values.map(readValue)]);
}
