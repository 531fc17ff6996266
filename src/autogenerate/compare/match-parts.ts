/** How the parts of one kind are told apart. */
export interface PartRules<Declared, Existing> {
  /** Whether they are the same, names aside. */
  readonly isEqual: (declared: Declared, existing: Existing) => boolean;
  /** Whether one is plainly the other, changed: the same columns, say. */
  readonly isLike: (declared: Declared, existing: Existing) => boolean;
  /** The name that PostgreSQL would give. */
  readonly defaultName: (declared: Declared) => string;
}

export interface MatchedPart<Declared, Existing> {
  readonly declared: Declared;
  /** What is there for it; `undefined` for a new one. */
  readonly existing: Existing | undefined;
}

/**
 * Finds for each declared part the existing one that it means: that of its name, else one that is equal, else one that is like it or has the name that
 * PostgreSQL would have given. Each existing part is found once.
 */
export function matchParts<Declared extends { readonly name?: string }, Existing extends { readonly name: string }>(
  declared: readonly Declared[],
  existing: readonly Existing[],
  rules: PartRules<Declared, Existing>,
): { readonly matched: readonly MatchedPart<Declared, Existing>[]; readonly others: readonly Existing[] } {
  const found = new Map<Declared, Existing>();
  const taken = new Set<Existing>();
  const pass = (fits: (declared: Declared, existing: Existing) => boolean): void => {
    if (found.size === declared.length) return;
    for (const each of declared) {
      if (found.has(each)) continue;
      const partner = existing.find((candidate) => !taken.has(candidate) && fits(each, candidate));
      if (partner === undefined) continue;
      found.set(each, partner);
      taken.add(partner);
    }
  };
  pass((each, candidate) => each.name === candidate.name && rules.isEqual(each, candidate));
  pass((each, candidate) => each.name === candidate.name);
  pass(rules.isEqual);
  pass((each, candidate) => each.name === undefined && rules.isLike(each, candidate));
  pass((each, candidate) => each.name === undefined && rules.defaultName(each) === candidate.name);
  return {
    matched: declared.map((each) => ({ declared: each, existing: found.get(each) })),
    others: existing.filter((candidate) => !taken.has(candidate)),
  };
}
