import type { IndexDefinition } from "../../schema/index-definition.js";
import type { Staged } from "./stage.js";
import { bareName, type TablePair } from "./table-pair.js";

/** What takes the indexes of a table that stays to those that should be there. */
export function diffIndexes(pair: TablePair, wantsConcurrently: boolean): readonly Staged[] {
  const { actual, base, target } = pair;
  const concurrently = wantsConcurrently && base.partitionBy === null; // PostgreSQL can't on a partitioned table.
  const table = bareName(target);
  const { reborn } = pair;
  const settled = new Set<IndexDefinition>();
  const pairs = (fits: (left: IndexDefinition, right: IndexDefinition) => boolean) =>
    target.indexes.flatMap((wish) => {
      const isFree = (each: IndexDefinition): boolean => !settled.has(each) && !each.uses.some((name) => reborn.has(name));
      const old = settled.has(wish) ? undefined : base.indexes.find((each) => isFree(each) && isSame(each, wish) && fits(each, wish));
      if (old === undefined) return [];
      settled.add(old).add(wish);
      return [[old, wish] as const];
    });
  const kept = pairs((left, right) => left.name === right.name);
  const renamed = pairs((_left, right) => !base.indexes.some(({ name }) => name === right.name));
  const comments = [...kept, ...renamed].filter(([from, to]) => from.comment !== to.comment);
  return [
    ...base.indexes
      .filter((each) => !settled.has(each))
      .map(({ name }): Staged => {
        const index = actual.indexes.find((each) => each.name === name) as IndexDefinition;
        return { stage: "drop index", operation: { kind: "drop index", table: bareName(actual), index, concurrently } };
      }),
    ...renamed.map(([from, to]): Staged => ({
      stage: "rename part",
      operation: { kind: "rename index", table, from: from.name, to: to.name },
    })),
    ...target.indexes
      .filter((each) => !settled.has(each))
      .map((index): Staged => ({ stage: "create index", operation: { kind: "create index", table, index, concurrently } })),
    ...comments.map(([from, to]): Staged => ({
      stage: "comment",
      operation: { kind: "set comment", on: { kind: "index", table, name: to.name }, from: from.comment, to: to.comment },
    })),
  ];
}

/** Whether nothing but name and comment differ. */
function isSame(left: IndexDefinition, right: IndexDefinition): boolean {
  const essence = ({ name: _name, comment: _comment, ...rest }: IndexDefinition): string =>
    JSON.stringify(Object.entries(rest).sort(([first], [second]) => (first < second ? -1 : 1)));
  return essence(left) === essence(right);
}
