import type { IsTaken } from "../../schema/default-name.js";
import type { MatchedPart } from "./match-parts.js";

/** Names given out one after the other. */
export interface TakenNames {
  readonly isTaken: IsTaken;
  take(name: string): void;
}

/** No name but those of the parts is taken beyond what `isTaken` knows. They are listed when the first name is asked for, which most tables never do. */
export function takenNames(isTaken: IsTaken, parts: () => readonly { readonly name: string }[]): TakenNames {
  let known: Set<string> | undefined;
  const names = (): Set<string> => (known ??= new Set(parts().map(({ name }) => name)));
  return {
    isTaken: (name) => names().has(name) || isTaken(name),
    take: (name) => {
      names().add(name);
    },
  };
}

/**
 * The names of declared parts, in their order: the one that is declared, else that of what is there for it, else the one that PostgreSQL would
 * give. `others` are there too.
 */
export function giveNames<Declared extends { readonly name?: string }>(
  matched: readonly MatchedPart<Declared, { readonly name: string }>[],
  others: readonly { readonly name: string }[],
  isTaken: IsTaken,
  nameOf: (declared: Declared, isTaken: IsTaken) => string,
): readonly string[] {
  const settled = matched.map(({ declared, existing }) => declared.name ?? existing?.name);
  if (settled.every((name) => name !== undefined)) return settled;
  const names = takenNames(isTaken, () => [...others, ...settled.flatMap((name) => (name === undefined ? [] : [{ name }]))]);
  return matched.map(({ declared }, place) => {
    const name = settled[place] ?? nameOf(declared, names.isTaken);
    names.take(name);
    return name;
  });
}

/** As if nothing else were there. */
export const nothingTaken: IsTaken = () => false;
