import type { ForeignKeyAction } from "./constraint.js";

/**
 * What a model says of its table beyond `jsonSchema`, as `static tableSchema`. Names are the database's; types, defaults, conditions and expressions are SQL,
 * which PostgreSQL itself reads. What is said here is compared exactly; what is left out stays open.
 */
export interface TableSchema {
  /** By name; `false` says that the property of this name is no column. */
  readonly columns?: Readonly<Record<string, ColumnSchema | false>>;
  readonly primaryKey?: readonly string[] | PrimaryKeySchema | null;
  readonly uniques?: readonly UniqueSchema[];
  readonly indexes?: readonly IndexSchema[];
  readonly foreignKeys?: readonly ForeignKeySchema[];
  readonly checks?: readonly CheckSchema[];
  readonly excludes?: readonly ExclusionSchema[];
  /** Enum types by name (`mood`, `billing.kind`), with their values in order. */
  readonly enums?: Readonly<Record<string, readonly string[] | EnumSchema>>;
  readonly comment?: string | null;
  /** The table's name before, `people` or `old_schema.people`. */
  readonly renamedFrom?: string;
  /** `range (placed_at)`: for a new table. */
  readonly partitionBy?: string;
  readonly unlogged?: boolean;
  /** Storage parameters: `{ fillfactor: 70 }`. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** `false`: gmig leaves the table alone. */
  readonly managed?: boolean;
  /** A column that is not declared, or an object that a list given here lacks, should not exist. */
  readonly closed?: boolean;
}

export interface ColumnSchema {
  readonly type?: string;
  readonly nullable?: boolean;
  /** SQL; `null` says that there is none. */
  readonly default?: string | null;
  readonly identity?: "always" | "by default" | IdentitySchema | null;
  /** The expression of a stored generated column; `null` says that it is an ordinary one. */
  readonly generated?: string | { readonly expression: string; readonly kind: "stored" | "virtual" } | null;
  /** `null` says that it is the type's own. */
  readonly collation?: string | null;
  readonly comment?: string | null;
  readonly renamedFrom?: string;
}

export interface IdentitySchema {
  readonly generation: "always" | "by default";
  readonly start?: number | string;
  readonly increment?: number | string;
  readonly minimum?: number | string;
  readonly maximum?: number | string;
  readonly cache?: number | string;
  readonly cycle?: boolean;
}

/** `true`: can be put off, but is checked at once unless told otherwise. */
export type DeferrableSchema = boolean | "initially deferred";

export interface PrimaryKeySchema {
  readonly columns: readonly string[];
  readonly name?: string;
  readonly include?: readonly string[];
  readonly deferrable?: DeferrableSchema;
  readonly withoutOverlaps?: boolean;
  readonly comment?: string | null;
}

export interface UniqueSchema extends PrimaryKeySchema {
  readonly nullsNotDistinct?: boolean;
}

export interface IndexSchema {
  readonly name?: string;
  /** Names of columns, or columns with what is not usual about them. Give `columns`, `expressions` or both: columns come first. */
  readonly columns?: readonly (string | IndexColumnSchema)[];
  readonly expressions?: readonly (string | IndexExpressionSchema)[];
  readonly unique?: boolean;
  readonly nullsNotDistinct?: boolean;
  /** `btree` unless given. */
  readonly method?: string;
  readonly include?: readonly string[];
  readonly where?: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  readonly comment?: string | null;
}

export interface IndexKeySchema {
  readonly collation?: string;
  readonly operatorClass?: string;
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
}

export interface IndexColumnSchema extends IndexKeySchema {
  readonly column: string;
}

export interface IndexExpressionSchema extends IndexKeySchema {
  readonly expression: string;
}

export interface ForeignKeySchema {
  readonly columns: readonly string[];
  /** `table` may be `schema.table`; without `columns` it is the primary key. */
  readonly references: { readonly table: string; readonly columns?: readonly string[] };
  readonly name?: string;
  readonly onDelete?: ForeignKeyAction;
  /** The columns that `set null` or `set default` sets, where not all. */
  readonly onDeleteColumns?: readonly string[];
  readonly onUpdate?: ForeignKeyAction;
  readonly match?: "simple" | "full";
  readonly deferrable?: DeferrableSchema;
  readonly comment?: string | null;
}

export interface CheckSchema {
  readonly expression: string;
  readonly name?: string;
  readonly noInherit?: boolean;
  readonly comment?: string | null;
}

export interface ExclusionSchema {
  readonly name?: string;
  /** `gist` unless given. */
  readonly method?: string;
  /** Pairs of a column or expression and the operator that may not hold between two rows: `[["room", "="], ["during", "&&"]]`. */
  readonly elements: readonly (readonly [key: string, operator: string])[];
  readonly where?: string;
  readonly deferrable?: DeferrableSchema;
  readonly comment?: string | null;
}

export interface EnumSchema {
  readonly values: readonly string[];
  /** New name of a value → its old one. */
  readonly renamed?: Readonly<Record<string, string>>;
  readonly comment?: string | null;
}
