import type { Naming } from "../../operation/naming.js";
import type { Operation } from "../../operation/operation.js";
import { toSql } from "../../operation/operations.js";
import type { NotesOf } from "./knex-body.js";
import { splitOperation } from "./split-operation.js";

/** The body of a SQL revision's part: a statement after the other, each with its semicolon. */
export function sqlBody(operations: readonly Operation[], naming: Naming, notesOf: NotesOf): string {
  return operations
    .flatMap((operation) => [
      ...notesOf(operation).map(comment),
      ...splitOperation(operation, naming).flatMap((step) => {
        if (step.kind === "place") return [comment(step.words), comment(`${step.example};`)];
        return step.kind === "sql" ? [`${step.sql};`] : toSql(step.operation, naming).map((sql) => `${sql};`);
      }),
    ])
    .join("\n");
}

function comment(text: string): string {
  return `-- ${text.replaceAll(/\s*[\n\r]\s*/g, " ")}`;
}
