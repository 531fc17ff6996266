import type { Operation } from "../../operation/operation.js";
import type { IndexDefinition } from "../../schema/index-definition.js";
import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { columnKind } from "./column-kind.js";
import { familyOf } from "./family.js";
import { hasUsualOperatorClass, keepsOperatorClass } from "./operator-classes.js";
import { isOneFamily } from "./table-pair.js";

type AlterType = Extract<Operation, { readonly kind: "alter column type" }>;

/**
 * The checks and computed indexes of a column whose type becomes one of another family, which PostgreSQL reads anew with the new type and may not
 * be able to: `status in ('a')` once it is an enum; and the indexes whose method must be told how to look the new type up. Those that go before are in nobody's way. In words: `check t_a_check`.
 */
export function readersInTheWay(operation: AlterType, operations: readonly Operation[], actual: Schema): readonly string[] {
  if (isOneFamily(operation.from.type, operation.to.type, actual)) return [];
  const column = oldColumn(operation, operations);
  return familyOf(oldTable(operation.table, operations), actual).flatMap((name) => readersIn(name, column, { operation, operations, actual }));
}

interface Context {
  readonly operation: AlterType;
  readonly operations: readonly Operation[];
  readonly actual: Schema;
}

function readersIn(name: ObjectName, column: string, { operation, operations, actual }: Context): readonly string[] {
  const table = findByName(actual.tables, name);
  if (table === undefined) return [];
  const isDropped = (part: string): boolean =>
    operations.some(
      (each) =>
        (each.kind === "drop constraint" && isSameName(each.table, name) && each.constraint.name === part) ||
        (each.kind === "drop index" && isSameName(each.table, name) && each.index.name === part),
    );
  const checks = table.checks.filter(({ uses }) => uses.includes(column)).map((check) => ["check", check.name] as const);
  const [from, to] = [columnKind(operation.from.type, actual), columnKind(operation.to.type, actual)];
  const isLeftWithout = (index: IndexDefinition): boolean =>
    index.keys.some((key) => key.column === column) && !keepsOperatorClass(from, to) && !hasUsualOperatorClass(index.method, to);
  const indexes = table.indexes.filter((index) => isComputedFrom(index, column) || isLeftWithout(index)).map((index) => ["index", index.name] as const);
  return [...checks, ...indexes].filter(([, part]) => !isDropped(part)).map(([kind, part]) => `${kind} ${part} of ${displayName(name)}`);
}

function isComputedFrom({ uses, predicate, keys }: IndexDefinition, column: string): boolean {
  return uses.includes(column) && (predicate !== null || keys.some((key) => key.column === null));
}

function oldTable(table: ObjectName, operations: readonly Operation[]): ObjectName {
  const renamed = operations.find((each) => each.kind === "rename table" && isSameName(each.to, table));
  return renamed?.kind === "rename table" ? renamed.from : table;
}

function oldColumn({ table, column }: AlterType, operations: readonly Operation[]): string {
  const renamed = operations.find((each) => each.kind === "rename column" && isSameName(each.table, table) && each.to === column);
  return renamed?.kind === "rename column" ? renamed.from : column;
}
