/** One thing that an index sorts by or looks up. */
export interface IndexKey {
  /** The column's name, or `null` where the key is an expression. */
  readonly column: string | null;
  /** As `CREATE INDEX` takes it: a quoted column, `lower(email)`, `((a + b))`. */
  readonly expression: string;
  /** `null` where it is the column's own. */
  readonly collation: string | null;
  /** With its parameters; `null` where it is the default for the type. */
  readonly operatorClass: string | null;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** An index that no constraint owns. Its schema is its table's. */
export interface IndexDefinition {
  readonly name: string;
  readonly method: string;
  readonly unique: boolean;
  readonly nullsNotDistinct: boolean;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  readonly predicate: string | null;
  /** Every column that a key, the predicate or the included columns refer to, sorted. */
  readonly uses: readonly string[];
  readonly options: readonly string[];
  readonly tablespace: string | null;
  readonly comment: string | null;
  /** `false` after a `CREATE INDEX CONCURRENTLY` that failed, or on a partitioned table whose partitions lack it. */
  readonly valid: boolean;
  readonly clustered: boolean;
}
