import type { Deferral, ForeignKeyAction } from "./constraint.js";
import type { ObjectName } from "./object-name.js";
import type { ColumnSchema, IndexSchema } from "./table-schema.js";

/** What the models say of the database, gathered and checked, but with SQL as people wrote it. What is absent is open. */
export interface DeclaredSchema {
  readonly tables: readonly DeclaredTable[];
  readonly enums: readonly DeclaredEnum[];
}

export interface DeclaredEnum extends ObjectName {
  readonly values: readonly string[];
  /** Pairs of an old value and its new name. */
  readonly renamed: readonly (readonly [from: string, to: string])[];
  readonly comment?: string | null;
  /** The model that declares it, for messages. */
  readonly source: string;
}

export interface DeclaredTable extends ObjectName {
  /** The models that map it, for messages; empty where only relations speak of it. */
  readonly sources: readonly string[];
  readonly managed: boolean;
  readonly closed: boolean;
  readonly renamedFrom?: ObjectName;
  readonly comment?: string | null;
  readonly partitionBy?: string;
  readonly unlogged?: boolean;
  /** `fillfactor=70` and the like, sorted. */
  readonly options?: readonly string[];
  readonly columns: readonly DeclaredColumn[];
  /** Names that the models say are no columns. */
  readonly notColumns: readonly string[];
  /** What rows are told apart by: the primary key of a new table. */
  readonly idColumns: readonly string[];
  /** Whether the models say so themselves. If not, it says nothing of a table that is there. */
  readonly idIsExplicit: boolean;
  readonly primaryKey?: DeclaredKey | null;
  readonly uniques?: readonly DeclaredKey[];
  readonly indexes?: readonly IndexSchema[];
  readonly foreignKeys?: readonly DeclaredForeignKey[];
  readonly checks?: readonly DeclaredCheck[];
  readonly exclusions?: readonly DeclaredExclusion[];
  /** The foreign keys that relations would like. */
  readonly relations: readonly DeclaredRelation[];
  /** Names that `idColumn` and joins take for columns, and that no property is written to; absent where there are none. */
  readonly misnamed?: readonly MisnamedColumn[];
}

export interface MisnamedColumn {
  readonly name: string;
  /** The column that the property of that name is written to. */
  readonly written: string;
  /** `Pet.owner` for a relation, `Pet.idColumn`. */
  readonly source: string;
}

export interface DeclaredColumn {
  readonly name: string;
  /** `User.email`: model and property, for messages. */
  readonly source: string;
  /** Whether a property or `tableSchema` names it. If not, a relation or `idColumn` needs it: then it says nothing of a column that is there. */
  readonly declared: boolean;
  /** What `tableSchema` says outright. */
  readonly stated: ColumnSchema;
  /** What the JSON Schema says. */
  readonly meaning?: PropertyMeaning;
  /** Whether every row has a value: required, and not null. */
  readonly required: boolean;
}

export type JsonKind = "integer" | "number" | "boolean" | "string" | "object" | "array";

/** What a JSON Schema says of a value, as far as a column can tell. */
export interface PropertyMeaning {
  /** Empty where the schema names no type. */
  readonly kinds: readonly JsonKind[];
  readonly admitsNull: boolean;
  readonly format?: string;
  readonly maxLength?: number;
  /** Bounds of numbers, both inclusive. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
  /** The strings that are admitted, where the schema lists them. */
  readonly values?: readonly string[];
  /** Whether the driver gets it as JSON text (`jsonAttributes`). */
  readonly asJson: boolean;
}

export interface DeclaredKey {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly include: readonly string[];
  readonly nullsNotDistinct: boolean;
  readonly withoutOverlaps: boolean;
  readonly deferral: Deferral;
  readonly comment?: string | null;
}

export interface DeclaredForeignKey {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: ObjectName; readonly columns?: readonly string[] };
  readonly match: "simple" | "full";
  readonly onUpdate: ForeignKeyAction;
  readonly onDelete: ForeignKeyAction;
  readonly onDeleteColumns: readonly string[];
  readonly deferral: Deferral;
  readonly comment?: string | null;
}

export interface DeclaredCheck {
  readonly name?: string;
  readonly expression: string;
  readonly noInherit: boolean;
  readonly comment?: string | null;
}

export interface DeclaredExclusion {
  readonly name?: string;
  readonly method: string;
  /** Pairs of a column's name, or else an expression, and an operator. */
  readonly elements: readonly (readonly [key: string, operator: string])[];
  readonly where?: string;
  readonly deferral: Deferral;
  readonly comment?: string | null;
}

export interface DeclaredRelation {
  readonly columns: readonly string[];
  readonly references: { readonly table: ObjectName; readonly columns: readonly string[] };
  /** `Order.customer`, for messages. */
  readonly source: string;
}
