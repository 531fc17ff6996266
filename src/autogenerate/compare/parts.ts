/** Parts of one kind of a table: those that should be there, and those that are there and that a stated list lacks. */
export interface Parts<T> {
  readonly wanted: readonly T[];
  readonly others: readonly T[];
}
