import type { TableSchema } from "../../schema/table-schema.js";

/** What gmig asks of an Objection model class. It is recognised, never imported: the project's own Objection made it. */
export interface ModelClass {
  new (): ModelInstance;
  readonly name: string;
  readonly isObjectionModelClass: true;
  readonly tableSchema?: TableSchema;
  readonly columnNameMappers?: unknown;
  readonly prototype: ModelInstance;
  getTableName(): string;
  getIdColumn(): string | readonly string[] | null;
  getJsonSchema(): JsonSchema | null;
  getJsonAttributes(): readonly string[];
  getVirtualAttributes(): readonly string[];
  columnNameToPropertyName(column: string): string;
  getRelationMappings(): Readonly<Record<string, RelationMapping>>;
}

export interface ModelInstance {
  $formatDatabaseJson(json: Record<string, unknown>): Readonly<Record<string, unknown>>;
}

/** JSON Schema of any draft: what gmig doesn't know of it, it leaves open. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export interface RelationMapping {
  readonly relation: unknown;
  readonly modelClass?: unknown;
  readonly join?: RelationJoin;
  readonly filter?: unknown;
  readonly modify?: unknown;
}

export interface RelationJoin {
  readonly from?: unknown;
  readonly to?: unknown;
  readonly through?: { readonly from?: unknown; readonly to?: unknown; readonly extra?: unknown; readonly modelClass?: unknown };
}

/** Whether a value is an Objection model class, whichever copy of Objection made it. */
export function isModelClass(value: unknown): value is ModelClass {
  return typeof value === "function" && (value as { readonly isObjectionModelClass?: unknown }).isObjectionModelClass === true;
}

/** The class and those it extends, without Objection's own Model. */
export function classChain(model: ModelClass): readonly ModelClass[] {
  const chain: ModelClass[] = [];
  for (let each: unknown = model; isModelClass(each) && isModelClass(Object.getPrototypeOf(each)); each = Object.getPrototypeOf(each)) chain.push(each);
  return chain;
}
