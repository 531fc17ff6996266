import type { KeyConstraint } from "../../schema/constraint.js";
import type { DeclaredKey } from "../../schema/declared-schema.js";
import { columnsInName, defaultName, type IsTaken } from "../../schema/default-name.js";
import { matchParts } from "./match-parts.js";
import { giveNames, nothingTaken } from "./taken-names.js";
import type { Parts } from "./parts.js";

/** The unique constraints that should be there. `declared` is `undefined` where the models are silent. */
export function targetUniques(
  table: string,
  declared: readonly DeclaredKey[] | undefined,
  existing: readonly KeyConstraint[],
  isTaken: IsTaken,
): Parts<KeyConstraint> {
  if (declared === undefined) return { wanted: existing, others: [] };
  const { matched, others } = matchParts(declared, existing, {
    isEqual: isSameKey,
    isLike: (key, there) => key.columns.join("\n") === there.columns.join("\n"),
    defaultName: (key) => keyName(table, key, nothingTaken),
  });
  const names = giveNames(matched, others, isTaken, (key, taken) => keyName(table, key, taken));
  const wanted = matched.map(({ declared: key, existing: there }, place) => targetKey(key, there, names[place] ?? ""));
  return { wanted, others };
}

/** The primary key that should be there, from one that is stated. */
export function targetPrimaryKey(table: string, declared: DeclaredKey, existing: KeyConstraint | null): KeyConstraint {
  return targetKey(declared, existing ?? undefined, declared.name ?? existing?.name ?? defaultName(table, null, "pkey"));
}

/** A primary key of these columns with nothing unusual about it. */
export function plainKey(columns: readonly string[]): DeclaredKey {
  return { columns, include: [], nullsNotDistinct: false, withoutOverlaps: false, deferral: "not deferrable" };
}

/** An equal one stays what it is, with its options and name; a changed one keeps what is not declared. */
function targetKey(declared: DeclaredKey, existing: KeyConstraint | undefined, name: string): KeyConstraint {
  const { columns, include, nullsNotDistinct, withoutOverlaps, deferral, comment } = declared;
  if (existing?.name === name && (comment === undefined || comment === existing.comment) && isSameKey(declared, existing)) return existing;
  return {
    name, columns, include, nullsNotDistinct, withoutOverlaps, deferral,
    options: existing?.options ?? [],
    tablespace: existing?.tablespace ?? null,
    comment: comment === undefined ? (existing?.comment ?? null) : comment,
  };
}

function isSameKey(declared: DeclaredKey, existing: KeyConstraint): boolean {
  return (
    declared.columns.join("\n") === existing.columns.join("\n") &&
    declared.include.join("\n") === existing.include.join("\n") &&
    declared.nullsNotDistinct === existing.nullsNotDistinct &&
    declared.withoutOverlaps === existing.withoutOverlaps &&
    declared.deferral === existing.deferral
  );
}

function keyName(table: string, key: DeclaredKey, isTaken: IsTaken): string {
  return defaultName(table, columnsInName([...key.columns, ...key.include]), "key", isTaken);
}
