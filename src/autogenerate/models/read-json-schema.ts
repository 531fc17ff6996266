import type { JsonKind, PropertyMeaning } from "../../schema/declared-schema.js";
import type { JsonSchema } from "./model-class.js";

/** What a JSON Schema says of a model's properties. */
export interface ReadJsonSchema {
  readonly properties: ReadonlyMap<string, Omit<PropertyMeaning, "asJson">>;
  readonly required: ReadonlySet<string>;
}

/** Deep enough for any sane schema, and an end to those that refer to themselves. */
const DEEPEST = 20;

/** Reads the properties of an object's schema, `allOf` and local references followed. */
export function readJsonSchema(root: JsonSchema): ReadJsonSchema {
  const properties = new Map<string, Omit<PropertyMeaning, "asJson">>();
  const required = new Set<string>();
  const visit = (schema: JsonSchema, depth: number): void => {
    const resolved = follow(schema, root, depth);
    if (depth < DEEPEST) for (const part of listOf(resolved["allOf"])) visit(part, depth + 1);
    for (const [name, property] of Object.entries(recordOf(resolved["properties"]))) {
      const meaning = meaningOf(property, root, 0);
      const before = properties.get(name);
      properties.set(name, before === undefined ? meaning : both(before, meaning));
    }
    if (Array.isArray(resolved["required"])) for (const name of resolved["required"]) required.add(String(name));
  };
  visit(root, 0);
  return { properties, required };
}

type Meaning = Omit<PropertyMeaning, "asJson">;

const NOTHING: Meaning = { kinds: [], admitsNull: false };

function meaningOf(value: unknown, root: JsonSchema, depth: number): Meaning {
  if (depth > DEEPEST) return NOTHING;
  const schema = follow(recordOf(value), root, depth);
  const branches = ["anyOf", "oneOf"].flatMap((key) => (Array.isArray(schema[key]) ? [listOf(schema[key])] : []));
  const own = ownMeaning(schema);
  const all = listOf(schema["allOf"]).map((part) => meaningOf(part, root, depth + 1));
  const any = branches.map((parts) => parts.map((part) => meaningOf(part, root, depth + 1)).reduce(either));
  return [...all, ...any].reduce(both, own);
}

function ownMeaning(schema: JsonSchema): Meaning {
  const listed = Array.isArray(schema["enum"]) ? schema["enum"] : "const" in schema ? [schema["const"]] : undefined;
  const types = (Array.isArray(schema["type"]) ? schema["type"] : schema["type"] === undefined ? (listed ?? []).map(typeOf) : [schema["type"]]) as unknown[];
  const kinds = [...new Set(types.filter(isKind))];
  const strings = listed?.filter((each) => typeof each === "string");
  const numbers = listed?.filter((each) => typeof each === "number") ?? [];
  const isList = strings !== undefined && strings.length > 0 && listed?.every((each) => typeof each === "string" || each === null) === true;
  const step = kinds.join() === "integer" ? 1 : 0;
  const lows = [bound(schema["minimum"]), bound(schema["exclusiveMinimum"], step), numbers.length > 0 ? Math.min(...numbers) : undefined].filter(isTold);
  const highs = [bound(schema["maximum"]), bound(schema["exclusiveMaximum"], -step), numbers.length > 0 ? Math.max(...numbers) : undefined].filter(isTold);
  // Set one by one: of objects put together by spreading, each of the tens of thousands would have a shape of its own in V8.
  const meaning: { -readonly [Key in keyof Meaning]: Meaning[Key] } = {
    kinds,
    admitsNull: types.includes("null") || schema["nullable"] === true || (listed?.includes(null) === true && types.includes("null")),
  };
  if (typeof schema["format"] === "string") meaning.format = schema["format"];
  if (typeof schema["maxLength"] === "number") meaning.maxLength = schema["maxLength"];
  if (lows.length > 0) meaning.minimum = Math.max(...lows);
  if (highs.length > 0) meaning.maximum = Math.min(...highs);
  if (typeof schema["multipleOf"] === "number") meaning.multipleOf = schema["multipleOf"];
  if (isList) meaning.values = strings;
  return meaning;
}

/** A bound as large as a number can tell says nothing: generators write it for every integer. One that is excluded is a step beyond. */
function bound(value: unknown, step = 0): number | undefined {
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value + step : undefined;
}

function isTold(bound: number | undefined): bound is number {
  return bound !== undefined;
}

/** What a value may be that satisfies both. */
function both(left: Meaning, right: Meaning): Meaning {
  const common = left.kinds.filter((kind) => right.kinds.includes(kind) || (kind === "integer" && right.kinds.includes("number")));
  const kinds = left.kinds.length === 0 ? right.kinds : right.kinds.length === 0 ? left.kinds : common;
  const isOpen = ({ kinds, admitsNull }: Meaning): boolean => kinds.length === 0 && !admitsNull;
  const values = left.values === undefined ? right.values : right.values === undefined ? left.values : left.values.filter((each) => right.values?.includes(each));
  return {
    ...left,
    ...right,
    kinds,
    admitsNull: (isOpen(left) || left.admitsNull) && (isOpen(right) || right.admitsNull) && (left.admitsNull || right.admitsNull),
    ...least("maxLength", left, right, Math.min),
    ...least("minimum", left, right, Math.max),
    ...least("maximum", left, right, Math.min),
    ...(values === undefined ? {} : { values }),
  };
}

/** What a value may be that satisfies one of them. */
export function either(left: Meaning, right: Meaning): Meaning {
  const onlyNull = ({ kinds, admitsNull }: Meaning): boolean => kinds.length === 0 && admitsNull;
  if (onlyNull(left)) return { ...right, admitsNull: true };
  if (onlyNull(right)) return { ...left, admitsNull: true };
  const isOpen = left.kinds.length === 0 || right.kinds.length === 0;
  const common = <Key extends keyof Meaning>(key: Key): Partial<Meaning> => (left[key] !== undefined && left[key] === right[key] ? { [key]: left[key] } : {});
  return {
    kinds: isOpen ? [] : [...new Set([...left.kinds, ...right.kinds])],
    admitsNull: left.admitsNull || right.admitsNull,
    ...common("format"),
    ...common("multipleOf"),
    ...least("maxLength", left, right, Math.max, true),
    ...least("minimum", left, right, Math.min, true),
    ...least("maximum", left, right, Math.max, true),
    ...(left.values === undefined || right.values === undefined ? {} : { values: [...new Set([...left.values, ...right.values])] }),
  };
}

function least(
  key: "maxLength" | "minimum" | "maximum",
  left: Meaning,
  right: Meaning,
  choose: (left: number, right: number) => number,
  needsBoth = false,
): Partial<Meaning> {
  const [ours, theirs] = [left[key], right[key]];
  if (ours !== undefined && theirs !== undefined) return { [key]: choose(ours, theirs) };
  return needsBoth || (ours ?? theirs) === undefined ? {} : { [key]: ours ?? theirs };
}

/** The schema behind local references (`#/definitions/money`); one that leads out of the schema, or to an anchor, says nothing. */
function follow(schema: JsonSchema, root: JsonSchema, depth: number): JsonSchema {
  const reference = schema["$ref"];
  if (typeof reference !== "string" || depth > DEEPEST) return schema;
  const { $ref: _reference, ...beside } = schema;
  if (reference !== "#" && !reference.startsWith("#/")) return beside;
  const parts = reference.slice(1).split("/").slice(1).map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
  const target = parts.reduce<unknown>((value, part) => recordOf(value)[part], root);
  return { ...follow(recordOf(target), root, depth + 1), ...beside };
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "number" ? (Number.isInteger(value) ? "integer" : "number") : typeof value;
}

function isKind(type: unknown): type is JsonKind {
  return ["integer", "number", "boolean", "string", "object", "array"].includes(String(type));
}

function recordOf(value: unknown): JsonSchema {
  return typeof value === "object" && value !== null ? (value as JsonSchema) : {};
}

function listOf(value: unknown): readonly JsonSchema[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}
