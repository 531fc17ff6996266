import { onlyAdds } from "../../operation/alter-enum.js";
import type { Operation } from "../../operation/operation.js";
import { apply } from "../../operation/operations.js";
import type { ObjectName } from "../../schema/object-name.js";
import { findByName, type Schema } from "../../schema/schema.js";
import type { Table } from "../../schema/table.js";
import { diffColumns } from "./diff-columns.js";
import { diffConstraints } from "./diff-constraints.js";
import { diffEnums, isRecreated } from "./diff-enums.js";
import { diffIndexes } from "./diff-indexes.js";
import { createTables, diffTable, dropTables } from "./diff-tables.js";
import { typeName } from "./column-kind.js";
import { enumDependents } from "./enum-dependents.js";
import type { Filler } from "./filler.js";
import type { Renames } from "./find-renames.js";
import { inOrder, type Staged } from "./stage.js";
import { pairTables, type TablePair } from "./table-pair.js";

export interface PlanOptions {
  readonly renames: Renames;
  readonly fill: Filler;
  readonly concurrently: boolean;
  readonly hasRows: (actual: ObjectName) => boolean;
}

/** The operations that take the schema from what is there to what should be, in an order that works. `base` is `actual` under its new names. */
export function planOperations(
  { actual, base, target }: { readonly actual: Schema; readonly base: Schema; readonly target: Schema },
  { renames, fill, concurrently, hasRows }: PlanOptions,
): readonly Operation[] {
  const pairs = tablePairs(actual, base, target, renames);
  const schema: Schema = { ...base, enums: target.enums };
  const remade = base.enums.filter((type) => isRecreated(type, target));
  const context = {
    schema,
    fill,
    isRecreated: (type: string) => findByName(remade, typeName(type.replace(/(\[\])+$/, ""), base)) !== undefined,
  };
  const staged: readonly Staged[] = [
    ...namespaces(base, target),
    ...renames.values.map(({ type, from, to }): Staged => ({ stage: "enum", operation: { kind: "rename enum value", type, from, to } })),
    ...diffEnums(base, target),
    ...renames.tables.map(({ from, to }): Staged => ({ stage: "rename table", operation: { kind: "rename table", from, to } })),
    ...renames.columns.map(({ table, from, to }): Staged => ({
      stage: "rename column",
      operation: { kind: "rename column", table, from, to },
    })),
    ...createTables(base, target),
    ...pairs.flatMap((pair) => diffColumns(pair, context)),
    ...diffConstraints(pairs, schema, hasRows),
    ...pairs.flatMap((pair) => diffIndexes(pair, concurrently)),
    ...pairs.flatMap(diffTable),
    ...dropTables(actual, base, target),
  ];
  return withDependents(inOrder(staged), actual);
}

/** The tables that stay and change, and those whose foreign keys lean on one that changes. A renamed table is the one that was there. */
function tablePairs(actual: Schema, base: Schema, target: Schema, renames: Renames): readonly TablePair[] {
  const changed = target.tables.filter((wish) => findByName(base.tables, wish) !== wish);
  if (changed.length === 0) return [];
  const leans = ({ foreignKeys }: Table): boolean => foreignKeys.some(({ references }) => findByName(changed, references.table) !== undefined);
  return target.tables.flatMap((wish) => {
    const own = findByName(base.tables, wish);
    const renamed = renames.tables.find(({ to }) => to.schema === wish.schema && to.name === wish.name);
    const old = findByName(actual.tables, renamed?.from ?? wish);
    if (own === undefined || old === undefined || (own === wish && !leans(wish))) return [];
    return [pairTables({ actual: old, base: own, target: wish })];
  });
}

/**
 * What depends on an enum is what does when its turn comes: operations before it may have dropped or renamed some of it. On the way back, values that
 * were taken away are used again right after they return, in the same transaction, so that the type is made anew.
 */
function withDependents(operations: readonly Operation[], actual: Schema): readonly Operation[] {
  if (!operations.some(({ kind }) => kind === "alter enum")) return operations;
  let state = actual;
  return operations.map((operation) => {
    const known: Operation =
      operation.kind === "alter enum"
        ? { ...operation, dependents: enumDependents(operation.type, state), anewBack: !onlyAdds(operation.from, operation.to) }
        : operation;
    state = apply(known, state);
    return known;
  });
}

function namespaces(base: Schema, target: Schema): readonly Staged[] {
  return target.namespaces
    .filter(({ name }) => !base.namespaces.some((each) => each.name === name))
    .map((namespace) => ({ stage: "create schema", operation: { kind: "create schema", namespace } }));
}
