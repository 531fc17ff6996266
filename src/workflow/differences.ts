import { describe } from "../operation/operations.js";
import type { ProjectComparison } from "./compare-project.js";

/** What a comparison found, in words. */
export interface Differences {
  readonly operations: readonly string[];
  /** In the database, asked for by no model, and kept. */
  readonly kept: readonly string[];
  readonly suggestions: readonly string[];
  /** Those of the suggestions that say what a new column or table may have been called before. */
  readonly possibleRenames: readonly string[];
  /** What to look at before running it. */
  readonly hazards: readonly string[];
  /** The properties behind columns that are added to tables, and what says in `tableSchema` that one is no column. */
  readonly properties: readonly { readonly operation: string; readonly property: string; readonly otherwise: string }[];
  /** Whether there were changes and the configuration's `rewrite` left none. */
  readonly rewrittenAway: boolean;
}

/** Puts what a comparison found into words. */
export function inWords({ operations, kept, suggestions, hazards, properties, rewrittenAway }: ProjectComparison): Differences {
  return {
    operations: operations.map(describe),
    kept: kept.map(({ kind, name, reason }) => `${kind} ${name}${reason === undefined ? "" : `: ${reason}`}`),
    suggestions: suggestions.map(({ message }) => message),
    possibleRenames: suggestions.filter(({ kind }) => kind === "rename").map(({ message }) => message),
    hazards: hazards.map(({ message }) => message),
    properties: properties.map(({ operation, ...others }) => ({ operation: describe(operation), ...others })),
    rewrittenAway,
  };
}
