import { command } from "../../errors.js";
import type { Question } from "./question.js";

/** Returns the flag that says what a new column or table was called before. One that comes to `public` from elsewhere is named with it: `a.t:u` is a column's. */
export function renameFlag({ kind, id }: Pick<Question, "kind" | "id">, old: string): string {
  const name = id.slice(id.indexOf(" ") + 1);
  const dot = name.lastIndexOf(".") + 1;
  if (kind === "rename column") return command`--rename ${`${name.slice(0, dot)}${old}:${name.slice(dot)}`}`;
  return command`--rename ${`${old}:${dot === 0 && old.includes(".") ? "public." : ""}${name}`}`;
}
