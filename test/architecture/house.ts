/** A folder of src, or a file directly in it. */
export interface Room {
  /** Whose values and types it may import, besides its own. */
  readonly imports: readonly string[];
  /** Whose types it may import too; `*` for everyone's. */
  readonly types?: "*";
  /** Decides over values alone: no clock, chance, file, process, driver or package. */
  readonly pure?: true;
}

/** The rooms by their paths below src. */
export type House = Readonly<Record<string, Room>>;

/** Which rooms alone may import the values of a package. */
export type PackageRooms = Readonly<Record<string, readonly string[]>>;

/** The room that a file lies in, by its path below src: of nested ones the inner one; undefined when there is none. */
export function roomOf(file: string, house: House): string | undefined {
  return Object.keys(house)
    .filter((room) => file === room || file.startsWith(`${room}/`))
    .sort((a, b) => b.length - a.length)[0];
}
