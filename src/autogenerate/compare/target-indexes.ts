import { defaultName, type IsTaken } from "../../schema/default-name.js";
import type { IndexDefinition, IndexKey } from "../../schema/index-definition.js";
import type { IndexSchema } from "../../schema/table-schema.js";
import { keysInName } from "./declared-index.js";
import { matchParts } from "./match-parts.js";
import { giveNames, nothingTaken } from "./taken-names.js";
import type { Parts } from "./parts.js";
import { isSameList } from "./same-list.js";

/** A declared index with its definition in PostgreSQL's words. */
export interface KnownIndex {
  readonly name?: string;
  readonly declared: IndexSchema;
  readonly definition: IndexDefinition;
}

/** The indexes that should be there. `declared` is `undefined` where the models are silent. */
export function targetIndexes(
  table: string,
  declared: readonly KnownIndex[] | undefined,
  existing: readonly IndexDefinition[],
  isTaken: IsTaken,
): Parts<IndexDefinition> {
  if (declared === undefined) return { wanted: existing, others: [] };
  const nameOf = (index: KnownIndex, isTaken: IsTaken): string =>
    defaultName(table, keysInName(index.declared), "idx", isTaken);
  const { matched, others } = matchParts(declared, existing, {
    isEqual: isSameIndex,
    isLike: () => false,
    defaultName: (index) => nameOf(index, nothingTaken),
  });
  const names = giveNames(matched, others, isTaken, nameOf);
  const wanted = matched.map(({ declared: index, existing: there }, place): IndexDefinition => {
    const name = names[place] ?? "";
    const comment = index.declared.comment === undefined ? (there?.comment ?? null) : index.declared.comment;
    // An equal one may have options, a tablespace and a clustering of its own.
    if (there !== undefined && isSameIndex(index, there)) {
      return there.name === name && there.comment === comment ? there : { ...there, name, comment };
    }
    return { ...index.definition, name, comment, options: optionsOf(index) ?? [] };
  });
  return { wanted, others };
}

/** `fillfactor=70` and the like, sorted; `undefined` where the model is silent. */
function optionsOf({ declared }: KnownIndex): readonly string[] | undefined {
  if (declared.options === undefined) return undefined;
  return Object.entries(declared.options).map(([name, value]) => `${name.toLowerCase()}=${String(value)}`).sort();
}

function isSameIndex(declared: KnownIndex, existing: IndexDefinition): boolean {
  const { definition } = declared;
  const options = optionsOf(declared);
  return (
    definition.method === existing.method &&
    definition.unique === existing.unique &&
    definition.nullsNotDistinct === existing.nullsNotDistinct &&
    definition.predicate === existing.predicate &&
    isSameList(definition.keys, existing.keys, isSameKey) &&
    isSameList(definition.include, existing.include) &&
    (options === undefined || isSameList(options, existing.options))
  );
}

function isSameKey(left: IndexKey, right: IndexKey): boolean {
  return (
    left.column === right.column && left.expression === right.expression && left.collation === right.collation && left.operatorClass === right.operatorClass &&
    left.descending === right.descending && left.nullsFirst === right.nullsFirst
  );
}
