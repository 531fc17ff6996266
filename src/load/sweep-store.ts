import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A cache holds up to about this many bytes: what 20,000 revisions compile to. */
export const MOST_BYTES = 64 * 1024 * 1024;

/** Bounds a cache: where it holds more than `most` bytes, what was written first goes, until it holds half of that. What was still wanted is compiled anew. */
export function sweepStore(folder: string, most: number = MOST_BYTES): void {
  const files = readdirSync(folder).map((name) => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return { path, written: stats?.mtimeMs ?? 0, size: stats?.size ?? 0 };
  });
  let held = files.reduce((sum, { size }) => sum + size, 0);
  if (held <= most) {
    return;
  }
  for (const { path, size } of files.sort((a, b) => a.written - b.written)) {
    if (held <= most / 2) {
      return;
    }
    rmSync(path, { force: true });
    held -= size;
  }
}
