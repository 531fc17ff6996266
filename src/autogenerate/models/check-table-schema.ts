import { GmigError } from "../../errors.js";
import type { TableSchema } from "../../schema/table-schema.js";

type Shape = Readonly<Record<string, "string" | "boolean" | "list" | "record" | "text or list" | "any">>;

const TABLE: { readonly [Key in keyof Required<TableSchema>]: Shape[string] } = {
  columns: "record",
  primaryKey: "any",
  uniques: "list",
  indexes: "list",
  foreignKeys: "list",
  checks: "list",
  excludes: "list",
  enums: "record",
  comment: "any",
  renamedFrom: "string",
  partitionBy: "string",
  unlogged: "boolean",
  options: "record",
  managed: "boolean",
  closed: "boolean",
};

const COLUMN: Shape = {
  type: "string", nullable: "boolean", default: "any", identity: "any", generated: "any", collation: "any", comment: "any", renamedFrom: "string",
};

const KEY: Shape = {
  columns: "list", name: "string", include: "list", deferrable: "any", withoutOverlaps: "boolean", nullsNotDistinct: "boolean", comment: "any",
};

const PARTS: Readonly<Record<string, Shape>> = {
  uniques: KEY,
  indexes: {
    name: "string", columns: "list", expressions: "list", unique: "boolean", nullsNotDistinct: "boolean", method: "string", include: "list",
    where: "string", options: "record", comment: "any",
  },
  foreignKeys: {
    columns: "list", references: "record", name: "string", onDelete: "string", onDeleteColumns: "list", onUpdate: "string", match: "string",
    deferrable: "any", comment: "any",
  },
  checks: { expression: "string", name: "string", noInherit: "boolean", comment: "any" },
  excludes: { name: "string", method: "string", elements: "list", where: "string", deferrable: "any", comment: "any" },
};

/** Refuses a `tableSchema` with keys that mean nothing or values of the wrong kind, all problems in one MODEL_INVALID: JavaScript has no compiler to do it. */
export function checkTableSchema(schema: unknown, model: string): void {
  const problems = [...shapeProblems(schema, TABLE, "tableSchema")];
  const { columns, ...parts } = (problems.length === 0 ? schema : {}) as TableSchema;
  for (const [name, column] of Object.entries(columns ?? {})) {
    if (column !== false) problems.push(...shapeProblems(column, COLUMN, `tableSchema.columns.${name}`));
  }
  for (const [key, shape] of Object.entries(PARTS)) {
    const list = (parts as Readonly<Record<string, readonly unknown[] | undefined>>)[key] ?? [];
    for (const [place, part] of list.entries()) problems.push(...shapeProblems(part, shape, `tableSchema.${key}[${place}]`));
  }
  if (problems.length > 0) {
    throw new GmigError("MODEL_INVALID", `The model ${model}: ${problems.join("; ")}`, { data: { model, problems } });
  }
}

function shapeProblems(value: unknown, shape: Shape, path: string): readonly string[] {
  if (!isRecord(value)) return [`${path} is not an object`];
  return Object.entries(value).flatMap(([key, part]) => {
    const kind = shape[key];
    if (kind === undefined) return [`${path} knows no ${key}: it takes ${Object.keys(shape).join(", ")}`];
    const fits = part === undefined || kind === "any" || (kind === "list" ? Array.isArray(part) : kind === "record" ? isRecord(part) : typeof part === kind);
    return fits ? [] : [`${path}.${key} should be a ${kind}`];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
