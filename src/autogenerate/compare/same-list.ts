/** Whether both have the same, in the same order; the very same, where nothing else is said. */
export function isSameList<T>(left: readonly T[], right: readonly T[], isSame: (left: T, right: T) => boolean = Object.is): boolean {
  return left.length === right.length && left.every((each, place) => isSame(each, right[place]!));
}
