import { mkdirSync, openSync, closeSync, readFileSync, rmSync, writeSync } from "node:fs";
import { getPriority, hostname } from "node:os";
import { dirname } from "node:path";
// The one use of the process outside the command line: a lock file has to say who holds it.
import { pid } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { GmigError } from "../errors.js";

const POLL_MILLISECONDS = 100;

interface Holder {
  readonly pid: number;
  readonly host: string;
}

function isRunning(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    getPriority(holder.pid);
    return true;
  } catch {
    return false;
  }
}

function readHolder(path: string): Holder | null {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as Partial<Holder>;
    return typeof value.pid === "number" && typeof value.host === "string" ? { pid: value.pid, host: value.host } : null;
  } catch {
    return null;
  }
}

/** Makes the lock file, unless there is one. */
function tryLock(path: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, JSON.stringify({ pid, host: hostname() }));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw new GmigError("WRITE_FAILED", `${path} could not be written: ${(error as Error).message}`, { cause: error, data: { file: path } });
  }
}

/**
 * Locks the folder of an embedded database, which two processes may never open at once: both would lose data without an error. Waits for another
 * process that runs; the lock of one that is gone is taken over. Returns what releases it.
 *
 * @throws GmigError LOCK_HELD, WRITE_FAILED.
 */
export async function lockEmbedded(folder: string, waitMilliseconds: number): Promise<() => void> {
  const path = `${folder}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  const end = performance.now() + waitMilliseconds;
  let unreadable = 0;
  while (!tryLock(path)) {
    const holder = readHolder(path);
    unreadable = holder === null ? unreadable + 1 : 0;
    if ((holder !== null && !isRunning(holder)) || unreadable > 20) {
      rmSync(path, { force: true });
      continue;
    }
    if (performance.now() > end) {
      const who = holder === null ? "another process" : `process ${holder.pid}${holder.host === hostname() ? "" : ` on ${holder.host}`}`;
      throw new GmigError("LOCK_HELD", `The embedded database ${folder} is in use by ${who}`, { data: { folder, pid: holder?.pid ?? null, file: path } });
    }
    await sleep(POLL_MILLISECONDS);
  }
  return () => {
    rmSync(path, { force: true });
  };
}
