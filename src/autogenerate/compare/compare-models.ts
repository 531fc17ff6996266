import type { Operation } from "../../operation/operation.js";
import type { DeclaredSchema } from "../../schema/declared-schema.js";
import { displayName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import type { Canonicalise } from "../../schema/scratch-table.js";
import { checkMisnamed } from "./check-misnamed.js";
import type { CompareOptions } from "./compare-options.js";
import { fillFrom } from "./filler.js";
import { findRenames } from "./find-renames.js";
import type { Kept, Suggestion } from "./findings.js";
import { findHazards, type Hazard } from "./hazards.js";
import { type ComparedObject, leaveOut } from "./leave-out.js";
import { type NewProperty, newProperties } from "./new-properties.js";
import { planOperations } from "./plan-operations.js";
import type { Answers, Question } from "./question.js";
import { targetSchema } from "./target-schema.js";
import { wholeNumbers } from "./whole-numbers.js";

export interface CompareInput {
  readonly declared: DeclaredSchema;
  readonly actual: Schema;
  /** Has PostgreSQL read declared SQL. */
  readonly canonical: Canonicalise;
  readonly answers?: Answers;
  readonly options?: Partial<CompareOptions>;
}

export interface Comparison {
  /** What takes the database to the models; empty when nothing contradicts. */
  readonly operations: readonly Operation[];
  readonly kept: readonly Kept[];
  readonly suggestions: readonly Suggestion[];
  /** Those that no answer was given for. The operations are those of an unanswered question. */
  readonly questions: readonly Question[];
  readonly hazards: readonly Hazard[];
  /** Those that become columns of tables that are there. */
  readonly properties: readonly NewProperty[];
  /** Why the JSON Schema asks for another type, by `table.column`. */
  readonly reasons: ReadonlyMap<string, string>;
}

const CAREFUL: CompareOptions = {
  dropUndeclared: false,
  foreignKeys: false,
  concurrently: false,
  enums: "check",
  hasRows: () => true,
  isForeign: () => false,
  includes: () => true,
};

/**
 * Compares what the models declare with what is there. Only a contradiction is a difference; what is stated outright is compared exactly; nothing
 * that is not asked for is dropped. MODEL_INVALID when a declaration makes no sense, USAGE when an answer doesn't.
 */
export async function compareModels(input: CompareInput): Promise<Comparison> {
  const { actual, canonical, answers = new Map() } = input;
  const options: CompareOptions = { ...CAREFUL, ...input.options };
  const { declared, suggestions: meant } = wholeNumbers(input.declared, actual);
  const { renames, base, questions, suggestions } = findRenames(declared, actual, answers, options);
  const target = await targetSchema(declared, base, canonical, options);
  const values: Question[] = [];
  const planned = planOperations(
    { actual, base, target: target.schema },
    {
      renames,
      fill: fillFrom(answers, options.hasRows, values),
      concurrently: options.concurrently,
      hasRows: options.hasRows,
    },
  );
  const operations = leaveOut(planned, options.includes);
  checkMisnamed(declared.tables, operations);
  return {
    operations,
    kept: target.kept.filter(({ kind, name, table }) => options.includes(keptObject(kind, name, table))),
    suggestions: [...meant, ...suggestions, ...target.suggestions],
    questions: [...questions, ...values],
    hazards: findHazards(operations, { actual, target: target.schema, hasRows: options.hasRows }),
    properties: newProperties(operations, declared),
    reasons: target.reasons,
  };
}

/** What is kept as {@link CompareOptions.includes} sees it. */
function keptObject(kind: Kept["kind"], name: string, { schema, name: table }: Kept["table"]): ComparedObject {
  if (kind === "table") return { kind, schema, name: table };
  const own = name.slice(displayName({ schema, name: table }).length + 1);
  return { kind: kind === "column" || kind === "index" ? kind : "constraint", schema, table, name: own };
}
