import type { Operation } from "../../operation/operation.js";
import type { IndexDefinition } from "../../schema/index-definition.js";
import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import { columnKind } from "./column-kind.js";
import { familyOf } from "./family.js";
import { oldColumn, oldTable } from "./old-names.js";
import { fitsKey } from "./operator-classes.js";
import { isOneFamily } from "./table-pair.js";

type AlterType = Extract<Operation, { readonly kind: "alter column type" }>;

/**
 * The checks and computed indexes of a column whose type becomes one of another family, which PostgreSQL reads anew with the new type and may not
 * be able to: `status in ('a')` once it is an enum; and the indexes that say, or would have to say, how the type is looked up. Those of partitions and
 * children too; those that go before are in nobody's way. In words: `check t_a_check of t`.
 */
export function readersInTheWay(operation: AlterType, operations: readonly Operation[], actual: Schema): readonly string[] {
  const column = oldColumn(operation.table, operation.column, operations);
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
  const isOther = !isOneFamily(operation.from.type, operation.to.type, actual);
  const checks = table.checks.filter(({ uses }) => isOther && uses.includes(column)).map((check) => ["check", check.name] as const);
  const [from, to] = [columnKind(operation.from.type, actual), columnKind(operation.to.type, actual)];
  const isUnfit = ({ keys, method }: IndexDefinition): boolean => keys.some((key) => key.column === column && !fitsKey(key, method, from, to));
  const indexes = table.indexes.filter((index) => (isOther && isComputedFrom(index, column)) || isUnfit(index)).map((index) => ["index", index.name] as const);
  return [...checks, ...indexes].filter(([, part]) => !isDropped(part)).map(([kind, part]) => `${kind} ${part} of ${displayName(name)}`);
}

function isComputedFrom({ uses, predicate, keys }: IndexDefinition, column: string): boolean {
  return uses.includes(column) && (predicate !== null || keys.some((key) => key.column === null));
}
