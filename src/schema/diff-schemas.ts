import { listObjects, type AttributeValue, type SchemaObject } from "./list-objects.js";
import type { Schema } from "./schema.js";

// For a caller that has two schemas read by `readSchema` (src/database/introspect/read-schema.ts) on servers of one version:
//   diffSchemas(left: Schema, right: Schema): readonly Difference[]
//   describeDifference(difference: Difference): string

/** One attribute of one object that is not the same on both sides. */
export interface Difference {
  /** `table`, `column`, `index`, `foreign key`, `function` … */
  readonly kind: string;
  /** `users`, `users.email`, `billing.invoices.invoices_pkey`, `f(a integer)`. */
  readonly name: string;
  /** `type`, `nullable`, `definition` …; `exists` where one side lacks the object, with `true` and `false` as values. */
  readonly attribute: string;
  readonly left: AttributeValue;
  readonly right: AttributeValue;
  /** Whether the sides differ only in the order of a table's columns: the attribute is then `column order`. */
  readonly order: boolean;
}

/**
 * What differs between two schemas; empty when they are equal. Of a table or view that one side lacks, what belongs to it is not listed. Column order is
 * compared among the columns that both sides have.
 */
export function diffSchemas(left: Schema, right: Schema): readonly Difference[] {
  const leftObjects = byKey(listObjects(left));
  const rightObjects = byKey(listObjects(right));
  const keys = new Set([...leftObjects.keys(), ...rightObjects.keys()]);
  const leftNames = namesOfParents(leftObjects);
  const rightNames = namesOfParents(rightObjects);
  return [...keys].flatMap((key) => {
    const [ours, theirs] = [leftObjects.get(key), rightObjects.get(key)];
    if (ours !== undefined && theirs !== undefined) return diffObject(ours, theirs);
    const present = ours ?? theirs;
    if (present === undefined) return [];
    const { kind, name, parent } = present;
    const fellWithParent = parent !== null && !(leftNames.has(parent) && rightNames.has(parent));
    if (fellWithParent) return [];
    return [{ kind, name, attribute: "exists", left: ours !== undefined, right: theirs !== undefined, order: false }];
  });
}

/** `column users.email: type is text on the left, citext on the right`. */
export function describeDifference({ kind, name, attribute, left, right }: Difference): string {
  if (attribute === "exists") return `${kind} ${name} exists on the ${left === true ? "left" : "right"} only`;
  return `${kind} ${name}: ${attribute} is ${inWords(left)} on the left, ${inWords(right)} on the right`;
}

function byKey(objects: readonly SchemaObject[]): ReadonlyMap<string, SchemaObject> {
  return new Map(objects.map((object) => [`${object.kind} ${object.name}`, object]));
}

function namesOfParents(objects: ReadonlyMap<string, SchemaObject>): ReadonlySet<string> {
  return new Set([...objects.values()].filter(({ parent }) => parent === null).map(({ name }) => name));
}

function diffObject(left: SchemaObject, right: SchemaObject): readonly Difference[] {
  const { kind, name } = left;
  const differences: Difference[] = [];
  for (const attribute of new Set([...Object.keys(left.attributes), ...Object.keys(right.attributes)])) {
    const ours = left.attributes[attribute] ?? null;
    const theirs = right.attributes[attribute] ?? null;
    if (!isEqual(ours, theirs)) differences.push({ kind, name, attribute, left: ours, right: theirs, order: false });
  }
  const ours = (left.order ?? []).filter((column) => right.order?.includes(column));
  const theirs = (right.order ?? []).filter((column) => left.order?.includes(column));
  if (!isEqual(ours, theirs)) {
    differences.push({ kind, name, attribute: "column order", left: ours, right: theirs, order: true });
  }
  return differences;
}

function isEqual(left: AttributeValue, right: AttributeValue): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}

function inWords(value: AttributeValue): string {
  if (value === null) return "not set";
  if (typeof value === "string") return value;
  return Array.isArray(value) && value.every((each) => typeof each === "string")
    ? value.length === 0 ? "empty" : value.join(", ")
    : JSON.stringify(value);
}
