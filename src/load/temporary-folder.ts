import { mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PREFIX = "gmig-load-";
const DAY = 24 * 60 * 60 * 1000;

/** A new folder that only this user can read. Those that earlier processes left more than a day ago are removed. */
export function makeTemporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), PREFIX)));
  const now = statSync(folder).mtimeMs;
  for (const name of readdirSync(tmpdir())) {
    const path = join(tmpdir(), name);
    const made = name.startsWith(PREFIX) ? statSync(path, { throwIfNoEntry: false })?.mtimeMs : undefined;
    if (made !== undefined && made < now - DAY) {
      removeFolder(path);
    }
  }
  return folder;
}

/** Removes a folder, if this user may. */
export function removeFolder(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Another user's, or in use: it is in nobody's way.
  }
}
