import type { Check, Exclusion } from "../../schema/constraint.js";
import type { DeclaredCheck, DeclaredExclusion } from "../../schema/declared-schema.js";
import { defaultName, type IsTaken } from "../../schema/default-name.js";
import { matchParts } from "./match-parts.js";
import { giveNames, nothingTaken } from "./taken-names.js";
import type { Parts } from "./parts.js";

/** A declared check in PostgreSQL's words. */
export interface KnownCheck extends DeclaredCheck {
  readonly uses: readonly string[];
}

/** A declared exclusion in PostgreSQL's words. */
export interface KnownExclusion extends Pick<DeclaredExclusion, "name" | "comment"> {
  readonly definition: string;
  readonly uses: readonly string[];
  /** Its keys as they stand in its name. */
  readonly inName: string;
}

/** The checks that should be there; those of a listed string are among the declared ones. */
export function targetChecks(
  table: string,
  declared: readonly KnownCheck[],
  existing: readonly Check[],
  isTaken: IsTaken,
): Parts<Check> {
  const { matched, others } = matchParts(declared, existing, {
    isEqual: isSameCheck,
    isLike: () => false,
    defaultName: (check) => checkName(table, check, nothingTaken),
  });
  const names = giveNames(matched, others, isTaken, (check, taken) => checkName(table, check, taken));
  const wanted = matched.map(({ declared: check, existing: there }, place): Check => {
    const name = names[place] ?? "";
    const isSame = there !== undefined && isSameCheck(check, there);
    const { expression, uses, noInherit, comment } = check;
    if (isSame && there.name === name && (comment === undefined || comment === there.comment)) return there;
    return {
      name, expression, uses, noInherit,
      ...(isSame && there.print !== undefined ? { print: there.print } : {}),
      validated: isSame ? there.validated : true,
      enforced: isSame ? there.enforced : true,
      comment: comment === undefined ? (there?.comment ?? null) : comment,
    };
  });
  return { wanted, others };
}

/** The exclusion constraints that should be there. `declared` is `undefined` where the models are silent. */
export function targetExclusions(
  table: string,
  declared: readonly KnownExclusion[] | undefined,
  existing: readonly Exclusion[],
  isTaken: IsTaken,
): Parts<Exclusion> {
  if (declared === undefined) return { wanted: existing, others: [] };
  const nameOf = (exclusion: KnownExclusion, isTaken: IsTaken): string =>
    defaultName(table, exclusion.inName, "excl", isTaken);
  const { matched, others } = matchParts(declared, existing, {
    isEqual: (exclusion, there) => exclusion.definition === there.definition,
    isLike: () => false,
    defaultName: (exclusion) => nameOf(exclusion, nothingTaken),
  });
  const names = giveNames(matched, others, isTaken, nameOf);
  const wanted = matched.map(({ declared: exclusion, existing: there }, place): Exclusion => {
    const name = names[place] ?? "";
    const { definition, uses, comment } = exclusion;
    if (there?.name === name && there.definition === definition && (comment === undefined || comment === there.comment)) return there;
    return { name, definition, uses, comment: comment === undefined ? (there?.comment ?? null) : comment };
  });
  return { wanted, others };
}

function isSameCheck(declared: KnownCheck, existing: Check): boolean {
  return declared.expression === existing.expression && declared.noInherit === existing.noInherit;
}

/** PostgreSQL names a check after its column when it has but one. */
function checkName(table: string, { uses }: KnownCheck, isTaken: IsTaken): string {
  const [column, second] = uses;
  return defaultName(table, second === undefined && column !== undefined ? column : null, "check", isTaken);
}
