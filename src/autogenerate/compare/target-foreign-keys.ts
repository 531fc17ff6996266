import type { ForeignKey } from "../../schema/constraint.js";
import type { DeclaredForeignKey } from "../../schema/declared-schema.js";
import { columnsInName, defaultName, type IsTaken } from "../../schema/default-name.js";
import { isSameName } from "../../schema/object-name.js";
import { matchParts } from "./match-parts.js";
import { giveNames, nothingTaken } from "./taken-names.js";
import type { Parts } from "./parts.js";

/** A declared foreign key of which the referenced columns are known. */
export interface KnownForeignKey extends DeclaredForeignKey {
  readonly references: ForeignKey["references"];
}

/** The foreign keys that should be there. `declared` is `undefined` where the models are silent. */
export function targetForeignKeys(
  table: string,
  declared: readonly KnownForeignKey[] | undefined,
  existing: readonly ForeignKey[],
  isTaken: IsTaken,
): Parts<ForeignKey> {
  if (declared === undefined) return { wanted: existing, others: [] };
  const { matched, others } = matchParts(declared, existing, {
    isEqual: isSameForeignKey,
    isLike: (key, there) => ties(there, key),
    defaultName: (key) => foreignKeyName(table, key.columns, nothingTaken),
  });
  const names = giveNames(matched, others, isTaken, (key, taken) => foreignKeyName(table, key.columns, taken));
  const wanted = matched.map(({ declared: key, existing: there }, place): ForeignKey => {
    const name = names[place] ?? "";
    const isSame = there !== undefined && isSameForeignKey(key, there);
    const { columns, references, match, onUpdate, onDelete, onDeleteColumns, deferral, comment } = key;
    if (isSame && there.name === name && (comment === undefined || comment === there.comment)) return there;
    return {
      name, columns, references, match, onUpdate, onDelete, onDeleteColumns, deferral,
      period: there?.period ?? false,
      validated: isSame ? there.validated : true,
      enforced: isSame ? there.enforced : true,
      comment: comment === undefined ? (there?.comment ?? null) : comment,
    };
  });
  return { wanted, others };
}

/** Whether the foreign key ties these columns to those, whatever its actions. */
export function ties(existing: ForeignKey, wish: Pick<ForeignKey, "columns" | "references">): boolean {
  const pairs = ({ columns, references }: Pick<ForeignKey, "columns" | "references">): string =>
    columns.map((column, place) => `${column}\n${references.columns[place]}`).toSorted().join("\n\n");
  return isSameName(existing.references.table, wish.references.table) && pairs(existing) === pairs(wish);
}

/** The name that PostgreSQL gives. */
export function foreignKeyName(table: string, columns: readonly string[], isTaken: IsTaken): string {
  return defaultName(table, columnsInName(columns), "fkey", isTaken);
}

function isSameForeignKey(declared: KnownForeignKey, existing: ForeignKey): boolean {
  return (
    isSameName(declared.references.table, existing.references.table) &&
    declared.columns.join("\n") === existing.columns.join("\n") &&
    declared.references.columns.join("\n") === existing.references.columns.join("\n") &&
    declared.match === existing.match &&
    declared.onUpdate === existing.onUpdate &&
    declared.onDelete === existing.onDelete &&
    declared.onDeleteColumns.toSorted().join("\n") === existing.onDeleteColumns.toSorted().join("\n") &&
    declared.deferral === existing.deferral
  );
}
