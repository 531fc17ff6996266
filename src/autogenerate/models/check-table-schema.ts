import { GmigError } from "../../errors.js";
import type { TableSchema } from "../../schema/table-schema.js";

/** What values may be, by what messages call it. */
const KINDS = {
  "a string": isText,
  "a boolean": isBoolean,
  "an object": isRecord,
  "a list": isList,
  "a list of strings": isTexts,
  "a string or null": (value: unknown) => value === null || isText(value),
  "a boolean or \"initially deferred\"": (value: unknown) => isBoolean(value) || value === "initially deferred",
  "\"always\", \"by default\", an object or null": (value: unknown) => value === null || value === "always" || value === "by default" || isRecord(value),
  "a string, an object or null": (value: unknown) => value === null || isText(value) || isRecord(value),
  "a list of strings, an object or null": (value: unknown) => value === null || isRecord(value) || isTexts(value),
  "a list of strings and objects": (value: unknown) => isList(value) && value.every((each) => isText(each) || isRecord(each)),
  "an object of strings, numbers and booleans": (value: unknown) => isRecord(value) && Object.values(value).every((each) => isText(each) || isBoolean(each) || Number.isFinite(each)),
} as const;

type Shape = Readonly<Record<string, keyof typeof KINDS>>;

const TABLE: { readonly [Key in keyof Required<TableSchema>]: Shape[string] } = {
  columns: "an object",
  primaryKey: "a list of strings, an object or null",
  uniques: "a list",
  indexes: "a list",
  foreignKeys: "a list",
  checks: "a list",
  excludes: "a list",
  enums: "an object",
  comment: "a string or null",
  renamedFrom: "a string",
  partitionBy: "a string",
  unlogged: "a boolean",
  options: "an object of strings, numbers and booleans",
  managed: "a boolean",
  closed: "a boolean",
};

const COLUMN: Shape = {
  type: "a string",
  nullable: "a boolean",
  default: "a string or null",
  identity: "\"always\", \"by default\", an object or null",
  generated: "a string, an object or null",
  collation: "a string or null",
  comment: "a string or null",
  renamedFrom: "a string",
};

const KEY: Shape = {
  columns: "a list of strings",
  name: "a string",
  include: "a list of strings",
  deferrable: "a boolean or \"initially deferred\"",
  withoutOverlaps: "a boolean",
  nullsNotDistinct: "a boolean",
  comment: "a string or null",
};

const PARTS: Readonly<Record<string, Shape>> = {
  uniques: KEY,
  indexes: {
    name: "a string",
    columns: "a list of strings and objects",
    expressions: "a list of strings and objects",
    unique: "a boolean",
    nullsNotDistinct: "a boolean",
    method: "a string",
    include: "a list of strings",
    where: "a string",
    options: "an object of strings, numbers and booleans",
    comment: "a string or null",
  },
  foreignKeys: {
    columns: "a list of strings",
    references: "an object",
    name: "a string",
    onDelete: "a string",
    onDeleteColumns: "a list of strings",
    onUpdate: "a string",
    match: "a string",
    deferrable: "a boolean or \"initially deferred\"",
    comment: "a string or null",
  },
  checks: { expression: "a string", name: "a string", noInherit: "a boolean", comment: "a string or null" },
  excludes: { name: "a string", method: "a string", elements: "a list", where: "a string", deferrable: "a boolean or \"initially deferred\"", comment: "a string or null" },
};

const REFERENCES: Shape = { table: "a string", columns: "a list of strings" };
const ENUM: Shape = { values: "a list of strings", renamed: "an object of strings, numbers and booleans", comment: "a string or null" };

/** Without which a part says nothing. */
const NEEDED: Readonly<Record<string, readonly string[]>> = { uniques: ["columns"], foreignKeys: ["columns", "references"], checks: ["expression"], excludes: ["elements"] };

/** Refuses a `tableSchema` with keys that mean nothing or values of the wrong kind, all problems in one MODEL_INVALID: JavaScript has no compiler to do it. */
export function checkTableSchema(schema: unknown, model: string): void {
  const problems: string[] = [];
  noteProblems(schema, TABLE, "tableSchema", problems);
  const { columns, primaryKey, enums, ...parts } = (problems.length === 0 ? schema : {}) as TableSchema;
  for (const [name, column] of Object.entries(columns ?? {})) {
    if (column !== false) noteProblems(column, COLUMN, `tableSchema.columns.${name}`, problems);
  }
  if (isRecord(primaryKey)) noteProblems(primaryKey, KEY, "tableSchema.primaryKey", problems, ["columns"]);
  for (const [name, declared] of Object.entries(enums ?? {})) {
    if (!isTexts(declared)) noteProblems(declared, ENUM, `tableSchema.enums.${name}`, problems, ["values"]);
  }
  for (const [key, shape] of Object.entries(PARTS)) {
    const list = (parts as Readonly<Record<string, readonly unknown[] | undefined>>)[key] ?? [];
    for (const [place, part] of list.entries()) {
      noteProblems(part, shape, `tableSchema.${key}[${place}]`, problems, NEEDED[key]);
      if (key === "foreignKeys" && isRecord(part) && isRecord(part["references"])) noteProblems(part["references"], REFERENCES, `tableSchema.${key}[${place}].references`, problems, ["table"]);
    }
  }
  if (problems.length > 0) {
    throw new GmigError("MODEL_INVALID", `The model ${model}: ${problems.join("; ")}`, { data: { model, problems } });
  }
}

function noteProblems(value: unknown, shape: Shape, path: string, problems: string[], needed: readonly string[] = []): void {
  if (!isRecord(value)) {
    problems.push(`${path} is not an object`);
    return;
  }
  for (const key of needed) if (value[key] === undefined) problems.push(`${path} lacks ${key}`);
  for (const [key, part] of Object.entries(value)) {
    const kind = shape[key];
    if (kind === undefined) problems.push(`${path} knows no ${key}: it takes ${Object.keys(shape).join(", ")}`);
    else if (part !== undefined && !KINDS[kind](part)) problems.push(`${path}.${key} should be ${kind}${isNumber(part) || isBoolean(part) ? `, not the ${typeof part} ${part}` : ""}`);
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return isList(value) && value.every(isText);
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !isList(value);
}
