import { onlyAdds } from "../../operation/alter-enum.js";
import type { Operation } from "../../operation/operation.js";
import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import { usedByConstraint } from "../../schema/table-constraint.js";
import type { Schema } from "../../schema/schema.js";
import { attachmentsInTheWay, isPartitionedBy } from "./attachments-in-the-way.js";
import { columnKind } from "./column-kind.js";
import type { CompareOptions } from "./compare-options.js";
import { domainsOf, usersOf } from "./enum-users.js";
import { familyOf } from "./family.js";
import { oldColumn, oldTable } from "./old-names.js";
import { elementHazard } from "./element-hazard.js";
import { readersInTheWay } from "./readers-in-the-way.js";
import { unequalEnds } from "./unequal-ends.js";

/** Something about an operation that a person should look at before running it. */
export interface Hazard {
  readonly kind: "data loss" | "rows may refuse" | "value needed" | "view in the way" | "reader in the way" | "types differ" | "locks";
  readonly operation: Operation;
  /** Which way: on the way up, or when it is taken back. */
  readonly direction: "up" | "down";
  /** One sentence. */
  readonly message: string;
}

interface Context {
  readonly actual: Schema;
  readonly hasRows: CompareOptions["hasRows"];
  readonly operations: readonly Operation[];
  /** What should be there after all of them. */
  readonly target: Schema;
}

/** What a person should look at, operation by operation. `hasRows` knows tables by the names that they have now. */
export function findHazards(operations: readonly Operation[], { hasRows, ...schemas }: Omit<Context, "operations">): readonly Hazard[] {
  const context: Context = { ...schemas, operations, hasRows: (table) => holdsRows(table, operations, hasRows) };
  return operations.flatMap((operation) =>
    hazardsOf(operation, context)
      .filter(() => !isOfNewColumns(operation, operations))
      .map(([kind, message, direction = "up"]) => ({ kind, operation, direction, message })),
  );
}

/** A table that is made has none yet; one that is renamed has those of the old name. */
function holdsRows(table: ObjectName, operations: readonly Operation[], hasRows: Context["hasRows"]): boolean {
  if (operations.some((each) => each.kind === "create table" && isSameName(each.table, table))) return false;
  return hasRows(oldTable(table, operations));
}

/** Whether a constraint or unique index has only columns that come with it and are empty: no row can break it. */
function isOfNewColumns(operation: Operation, operations: readonly Operation[]): boolean {
  if (operation.kind !== "add constraint" && operation.kind !== "create index") return false;
  const isEmpty = (name: string): boolean =>
    operations.some(
      (each) =>
        each.kind === "add column" && isSameName(each.table, operation.table) && each.column.name === name && each.column.nullable &&
        each.column.default === null && each.column.generated === null,
    );
  const uses = operation.kind === "create index" ? operation.index.uses : usedByConstraint(operation.constraint);
  return uses.length > 0 && uses.every(isEmpty);
}

type Found = readonly [kind: Hazard["kind"], message: string, direction?: Hazard["direction"]];

function hazardsOf(operation: Operation, context: Context): readonly Found[] {
  switch (operation.kind) {
    case "drop table": {
      const lost: readonly Found[] = context.hasRows(operation.table) ? [["data loss", `The rows of ${displayName(operation.table)} are lost`]] : [];
      return [...lost, ...viewsOf(operation.table, context)];
    }
    case "drop column": {
      const name = `${displayName(operation.table)}.${operation.column.name}`;
      const lost: readonly Found[] =
        operation.column.generated === null && context.hasRows(operation.table) ? [["data loss", `The values of ${name} are lost`]] : [];
      return [...lost, ...readers(operation.table, operation.column.name, context)];
    }
    case "add column":
      return operation.fill?.value === null
        ? [["value needed", `Write the value that rows without one get in ${displayName(operation.table)}.${operation.column.name}`]]
        : [];
    case "alter column nullability":
      return operation.fill?.value === null
        ? [["value needed", `Write the value that rows without one get in ${displayName(operation.table)}.${operation.column}`]]
        : [];
    case "alter column type": {
      const narrowing = context.hasRows(operation.table) && isNarrowing(operation.from.type, operation.to.type, context.actual);
      const name = `${displayName(operation.table)}.${operation.column}`;
      const computed = readersInTheWay(operation, context.operations, context.actual).map((reader): Found => [
        "reader in the way", `The ${reader} reads ${name}, and may make no sense with ${operation.to.type}: drop it before and make it again after`,
      ]);
      const refused: readonly Found[] = narrowing
        ? [["rows may refuse", `Values of ${name} may not fit into ${operation.to.type}`]]
        : [["rows may refuse", `Values of ${name} may not fit into ${operation.from.type} again`, "down"]];
      const there = elementHazard(name, operation.from.type, operation.to.type, context.actual);
      const back = elementHazard(name, operation.to.type, operation.from.type, context.actual);
      const elements: readonly Found[] = [
        ...(there !== undefined && context.hasRows(operation.table) ? [["data loss", there] as const] : []),
        ...(back === undefined ? [] : [["data loss", back, "down"] as const]),
      ];
      const isRefused = narrowing || isNarrowing(operation.to.type, operation.from.type, context.actual);
      return [...elements, ...(isRefused ? refused : []), ...computed, ...readers(operation.table, operation.column, context)];
    }
    case "add constraint": {
      const { table, constraint } = operation;
      const ends = constraint.type === "foreign key" ? unequalEnds(table, constraint, context.target) : [];
      const differ = ends.map((pair): Found => ["types differ", `The foreign key ${constraint.name} can't be: ${pair}; give both one type`]);
      return [...differ, ...(context.hasRows(table) ? [["rows may refuse", `Rows of ${displayName(table)} may break ${constraint.name}`] as const] : [])];
    }
    case "create index":
      return operation.index.unique && context.hasRows(operation.table)
        ? [["rows may refuse", `Rows of ${displayName(operation.table)} may break ${operation.index.name}`]]
        : [];
    case "alter enum": {
      const removal = onlyAdds(operation.from, operation.to) ? "down" : "up";
      const used = `Fails where a row has a value that goes from ${displayName(operation.type)}: change it first`;
      const { columns, generated, routines } = operation.dependents;
      const name = displayName(operation.type);
      return [
        ["rows may refuse", used, removal],
        ...domainsOf(operation.type, context.actual).map((domain): Found => ["reader in the way", `The ${domain} is of ${name}: make it anew with the type`, removal]),
        ...usersOf(operation.type, context.actual, routines).map((user): Found => ["reader in the way", `The ${user} uses ${name}: drop it before and make it again after`, removal]),
        ...[...columns, ...generated].flatMap(({ table, column }) => readers(table, column.name, context, removal)),
      ];
    }
    case "drop enum":
      return [...domainsOf(operation.type, context.actual), ...usersOf(operation.type, context.actual)].map((user): Found => [
        "reader in the way", `The ${user} uses ${displayName(operation.type)}: drop it before`,
      ]);
    case "alter column generated":
      return operation.to.generated !== null && operation.from.generated === null
        ? [["data loss", `The values of ${displayName(operation.table)}.${operation.from.name} are computed anew`]]
        : [];
    case "create schema":
    case "drop schema":
    case "create table":
    case "rename table":
    case "set table logging":
    case "set table options":
    case "rename column":
    case "alter column default":
    case "alter column identity":
    case "drop constraint":
    case "rename constraint":
    case "drop index":
    case "rename index":
    case "create enum":
    case "rename enum value":
    case "create sequence":
    case "drop sequence":
    case "set comment":
    case "run sql":
      return [];
  }
}

function readers(table: ObjectName, newColumn: string, { actual, operations }: Context, direction: Hazard["direction"] = "up"): readonly Found[] {
  const name = `${displayName(table)}.${newColumn}`;
  const family = familyOf(oldTable(table, operations), actual);
  const column = oldColumn(table, newColumn, operations);
  const keys = family
    .filter((member) => isPartitionedBy(member, column, actual))
    .map((member): Found => [
      "reader in the way", `The partition key of ${displayName(member)} reads ${name}, which PostgreSQL then neither changes nor drops: make the table anew`, direction,
    ]);
  const views = actual.views
    .filter(({ uses }) => uses.some((use) => use.column === column && family.some((member) => isSameName(use, member))))
    .map((view): Found => ["view in the way", `The view ${displayName(view)} reads ${name}: drop it before and make it again after`, direction]);
  const attachments = family
    .flatMap((member) => attachmentsInTheWay(member, column, actual))
    .map((reader): Found => ["reader in the way", `The ${reader} reads ${name}: drop it before and make it again after`, direction]);
  return [...keys, ...views, ...attachments];
}

function viewsOf(table: ObjectName, { actual }: Context): readonly Found[] {
  return actual.views
    .filter(({ uses }) => uses.some((use) => isSameName(use, table)))
    .map((view): Found => ["view in the way", `The view ${displayName(view)} reads ${displayName(table)}: drop it before`]);
}

const WIDTH: Readonly<Record<string, number>> = { smallint: 1, integer: 2, bigint: 3, numeric: 4 };

/** Whether a value of the old type may have no place in the new one. */
function isNarrowing(from: string, to: string, schema: Schema): boolean {
  const [old, wish] = [columnKind(from, schema), columnKind(to, schema)];
  if (wish.name === "text" && !wish.isArray) return false;
  if (old.name === wish.name) {
    if (wish.modifiers.length === 0) return false;
    return old.modifiers.length === 0 || old.modifiers.some((size, place) => size > (wish.modifiers[place] ?? 0));
  }
  const [before, after] = [WIDTH[old.name], WIDTH[wish.name]];
  if (before !== undefined && after !== undefined) return after < before || wish.modifiers.length > 0;
  return !(old.name === "timestamp without time zone" && wish.name === "timestamp with time zone");
}
