import type { IsTaken } from "../../schema/default-name.js";

/** Names given out one after the other. */
export interface TakenNames {
  readonly isTaken: IsTaken;
  take(name: string): void;
}

/** No name but those of the parts is taken beyond what `isTaken` knows. */
export function takenNames(isTaken: IsTaken, parts: readonly { readonly name: string }[]): TakenNames {
  const names = new Set(parts.map(({ name }) => name));
  return {
    isTaken: (name) => names.has(name) || isTaken(name),
    take: (name) => {
      names.add(name);
    },
  };
}

/** As if nothing else were there. */
export const nothingTaken: IsTaken = () => false;
