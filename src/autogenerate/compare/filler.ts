import type { Fill } from "../../operation/fill.js";
import type { Column } from "../../schema/column.js";
import { displayName, type ObjectName } from "../../schema/object-name.js";
import type { Answers, Question } from "./question.js";

/** Where rows get the values that a column wants of each. Tables go by their old names. */
export interface Filler {
  /** The value for rows without one in a column that becomes NOT NULL; `null` where there are no rows and none is given. */
  ask(actual: ObjectName, table: ObjectName, column: Column): Fill | null;
  /** For the way back, which nobody is asked about. */
  leaveOpen(actual: ObjectName): Fill | null;
}

/** Takes values from the answers, and puts a question for each that is missing into `questions`. */
export function fillFrom(answers: Answers, hasRows: (table: ObjectName) => boolean, questions: Question[]): Filler {
  return {
    ask(actual, table, column) {
      const name = `${displayName(table)}.${column.name}`;
      const value = answers.get(`value ${name}`);
      if (value !== undefined && value !== "") return { value };
      if (!hasRows(actual)) return null;
      questions.push({
        kind: "value",
        id: `value ${name}`,
        message: `Which value should rows without one get in ${name}, which may not be null?`,
        candidates: [column.type],
        required: true,
      });
      return { value: null };
    },
    leaveOpen: (actual) => (hasRows(actual) ? { value: null } : null),
  };
}

/** Whether a new column needs a value for the rows that are there. */
export function needsFilling(column: Column): boolean {
  return !column.nullable && column.default === null && column.identity === null && column.generated === null;
}
