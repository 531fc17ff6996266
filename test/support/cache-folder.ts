import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

const BUILDING = "building-";
const HOUR = 60 * 60 * 1000;

/**
 * The folder that outlives test runs: downloaded servers, initialised data, times of the last run.
 * It lies under the system's temporary folder, where the user nobody can look too.
 */
export function cacheFolder(): string {
  const { uid } = userInfo();
  const folder = join(tmpdir(), `gmig-test-${uid}`);
  mkdirSync(folder, { recursive: true });
  if (uid >= 0 && statSync(folder).uid !== uid) throw new Error(`${folder} belongs to another user: remove it`);
  chmodSync(folder, 0o755);
  return folder;
}

/**
 * The path of the cache's entry of this name, made by `build` in a new folder when there is none. Two processes may
 * build at once: an entry appears whole, by a rename, and whoever comes second takes the first one's.
 */
export async function cached(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const entry = join(cacheFolder(), name);
  if (exists(entry)) return entry;
  sweep();
  const building = await mkdtemp(join(cacheFolder(), BUILDING));
  try {
    chmodSync(building, 0o755);
    await build(building);
    await rename(building, entry).catch((cause: unknown) => {
      if (!exists(entry)) throw cause;
    });
  } finally {
    await rm(building, { recursive: true, force: true });
  }
  return entry;
}

/** Removes what processes that were killed left half built. */
function sweep(): void {
  for (const name of readdirSync(cacheFolder()).filter((name) => name.startsWith(BUILDING))) {
    const path = join(cacheFolder(), name);
    const { mtimeMs = Infinity } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs < Date.now() - HOUR) rmSync(path, { recursive: true, force: true });
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
