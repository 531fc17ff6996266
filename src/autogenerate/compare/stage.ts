import type { Operation } from "../../operation/operation.js";

/**
 * The order in which a revision's operations run: what is in the way goes, under its old name; then renames; then what is new comes, under its new name.
 * The way back is the same, reversed, so each inverse finds what its operation left.
 */
const STAGES = [
  "create schema",
  "enum",
  "drop foreign key",
  "drop index",
  "drop constraint",
  "drop default",
  "drop generated column",
  "rename table",
  "rename column",
  "rename part",
  "recreate enum",
  "create table",
  "add column",
  "alter column",
  "drop column",
  "add generated column",
  "alter table",
  "add key",
  "add check",
  "create index",
  "add foreign key",
  "drop table",
  "drop enum",
  "drop schema",
  "comment",
] as const;

export type Stage = (typeof STAGES)[number];

/** An operation and when it runs. */
export interface Staged {
  readonly stage: Stage;
  readonly operation: Operation;
}

/** The operations in the order of their stages; within a stage as they stand. */
export function inOrder(staged: readonly Staged[]): readonly Operation[] {
  return STAGES.flatMap((stage) => staged.filter((each) => each.stage === stage).map(({ operation }) => operation));
}
