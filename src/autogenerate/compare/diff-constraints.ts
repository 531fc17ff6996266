import { displayName, isSameName, type ObjectName } from "../../schema/object-name.js";
import type { Schema } from "../../schema/schema.js";
import { listConstraints, usedByConstraint, type TableConstraint } from "../../schema/table-constraint.js";
import type { Stage, Staged } from "./stage.js";
import { bareName, columnPairs, isOneFamily, type TablePair } from "./table-pair.js";

/** What takes the constraints of all tables that stay to those that should be there. Foreign keys make way for the keys that they lean on. */
export function diffConstraints(
  pairs: readonly TablePair[],
  schema: Schema,
  hasRows: (actual: ObjectName) => boolean,
): readonly Staged[] {
  const crossing = crossingColumns(pairs, schema);
  const plain = pairs.map((pair) => pairConstraints(pair, (constraint) => crosses(pair, constraint, crossing)));
  const gone = plain.flatMap(({ dropped }, place) => dropped.map((constraint) => [pairs[place]?.base, constraint] as const));
  const leans = (constraint: TableConstraint): boolean =>
    constraint.type === "foreign key" &&
    gone.some(
      ([table, key]) =>
        table !== undefined &&
        (key.type === "primary key" || key.type === "unique") &&
        isSameName(table, constraint.references.table) &&
        key.columns.toSorted().join("\n") === constraint.references.columns.toSorted().join("\n"),
    );
  return pairs.flatMap((pair, place) => {
    const found = plain[place]?.dropped.some(leans) === true || !listConstraints(pair.base).some(leans)
      ? plain[place]
      : pairConstraints(pair, (constraint) => leans(constraint) || crosses(pair, constraint, crossing));
    return found === undefined ? [] : stagesOf(pair, found, hasRows(pair.actual));
  });
}

interface PairedConstraints {
  /** As they are under the new names. */
  readonly dropped: readonly TableConstraint[];
  readonly added: readonly TableConstraint[];
  readonly renamed: readonly (readonly [from: TableConstraint, to: TableConstraint])[];
  readonly kept: readonly (readonly [from: TableConstraint, to: TableConstraint])[];
}

function pairConstraints({ base, target }: TablePair, mustMove: (constraint: TableConstraint) => boolean): PairedConstraints {
  const there = listConstraints(base);
  const wanted = listConstraints(target);
  const kept: (readonly [TableConstraint, TableConstraint])[] = [];
  const renamed: (readonly [TableConstraint, TableConstraint])[] = [];
  const settled = new Set<TableConstraint>();
  const settle = (pairs: (readonly [TableConstraint, TableConstraint])[], fits: (left: TableConstraint, right: TableConstraint) => boolean): void => {
    for (const wish of wanted) {
      const old = settled.has(wish) ? undefined : there.find((each) => !settled.has(each) && !mustMove(each) && isSame(each, wish) && fits(each, wish));
      if (old === undefined) continue;
      settled.add(old).add(wish);
      pairs.push([old, wish]);
    }
  };
  settle(kept, (left, right) => left.name === right.name);
  settle(renamed, (_left, right) => !there.some(({ name }) => name === right.name));
  return {
    kept,
    renamed,
    dropped: there.filter((each) => !settled.has(each)),
    added: wanted.filter((each) => !settled.has(each)),
  };
}

/** Whether nothing but name and comment differ. How PostgreSQL prints a check is no difference. */
function isSame(left: TableConstraint, right: TableConstraint): boolean {
  const essence = ({ name: _name, comment: _comment, ...rest }: TableConstraint): string =>
    JSON.stringify(Object.entries({ ...rest, print: undefined }).sort(([first], [second]) => (first < second ? -1 : 1)));
  return essence(left) === essence(right);
}

function stagesOf(
  { actual, base, target }: TablePair,
  { dropped, added, renamed, kept }: PairedConstraints,
  hasRows: boolean,
): readonly Staged[] {
  const table = bareName(target);
  const original = listConstraints(actual);
  const comments = [...kept, ...renamed].filter(([from, to]) => from.comment !== to.comment);
  const isOld = (name: string): boolean => base.columns.some((column) => column.name === name);
  const mayBreak = (constraint: TableConstraint): boolean =>
    hasRows && (constraint.type === "check" || constraint.type === "foreign key") && constraint.enforced && constraint.validated &&
    base.partitionBy === null && usedByConstraint(constraint).some(isOld);
  return [
    ...dropped.map((constraint): Staged => {
      const old = original.find(({ name }) => name === constraint.name) ?? constraint;
      const operation = { kind: "drop constraint", table: bareName(actual), constraint: old, inTwoSteps: false } as const;
      return { stage: old.type === "foreign key" ? "drop foreign key" : "drop constraint", operation };
    }),
    ...renamed.map(([from, to]): Staged => ({
      stage: "rename part",
      operation: { kind: "rename constraint", table, from: from.name, to: to.name },
    })),
    ...added.map((constraint): Staged => {
      const isNew = !dropped.some((old) => isSame(old, constraint));
      const operation = { kind: "add constraint", table, constraint, inTwoSteps: isNew && mayBreak(constraint) } as const;
      return { stage: stageOfAdding(constraint), operation };
    }),
    ...comments.map(([from, to]): Staged => ({
      stage: "comment",
      operation: { kind: "set comment", on: { kind: "constraint", table, name: to.name }, from: from.comment, to: to.comment },
    })),
  ];
}

function stageOfAdding({ type }: TableConstraint): Stage {
  switch (type) {
    case "primary key":
    case "unique":
      return "add key";
    case "check":
    case "exclusion":
      return "add check";
    case "foreign key":
      return "add foreign key";
  }
}

/** Columns whose type becomes one of another family, as `table.column` under the new names. */
function crossingColumns(pairs: readonly TablePair[], schema: Schema): ReadonlySet<string> {
  return new Set(
    pairs.flatMap((pair) =>
      columnPairs(pair)
        .filter(({ base, target }) => base.type !== target.type && !isOneFamily(base.type, target.type, schema))
        .map(({ base }) => `${displayName(pair.base)}.${base.name}`),
    ),
  );
}

/** Whether the constraint refers to a column that is made anew, or is a foreign key one end of which changes its family. */
function crosses(pair: TablePair, constraint: TableConstraint, crossing: ReadonlySet<string>): boolean {
  const { reborn } = pair;
  if (usedByConstraint(constraint).some((name) => reborn.has(name))) return true;
  if (constraint.type !== "foreign key") return false;
  const near = constraint.columns.some((name) => crossing.has(`${displayName(pair.base)}.${name}`));
  return near || constraint.references.columns.some((name) => crossing.has(`${displayName(constraint.references.table)}.${name}`));
}
