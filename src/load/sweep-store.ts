import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A cache holds up to about this many files: the units of 8,000 revisions, some 60 MB. */
export const MOST_FILES = 16_384;

/** Bounds a cache: where it holds more than `most` files, the half that was written first goes. What was still wanted is compiled anew. */
export function sweepStore(folder: string, most: number = MOST_FILES): void {
  const names = readdirSync(folder);
  if (names.length <= most) {
    return;
  }
  const byAge = names
    .map((name) => ({ path: join(folder, name), written: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.written - b.written);
  byAge.slice(0, Math.ceil(byAge.length / 2)).forEach(({ path }) => rmSync(path, { force: true }));
}
