import { randomUUID } from "node:crypto";
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { getPriority, hostname } from "node:os";
// The one use of the process outside the command line: a lock file has to say who holds it.
import { pid } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { GmigError } from "../errors.js";
import { writeFailed } from "../write-failed.js";

const POLL_MILLISECONDS = 100;
/** How many looks at a lock file without a holder in it are enough: it is written right after it is made. */
const EMPTY_LOOKS = 20;
/** A takeover is done in no time, unless the process ended in it. */
const TAKEOVER_MILLISECONDS = 10_000;

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When its process began, as the system counts that; null where it does not tell. */
  readonly began: string | null;
}

/** Numbers come again, in a container after each start: on Linux a process is known by when it began (proc(5), the 22nd field of stat). */
function beganAt(id: number): string | null {
  const text = textOf(`/proc/${id}/stat`);
  return text?.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function isRunning(holder: Holder): boolean {
  if (holder.host !== hostname()) return true;
  try {
    getPriority(holder.pid);
  } catch {
    return false;
  }
  const began = beganAt(holder.pid);
  return began === null || holder.began === null || began === holder.began;
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function holderIn(text: string | null): Holder | null {
  try {
    const value = JSON.parse(text ?? "") as Partial<Holder>;
    return typeof value.pid === "number" && typeof value.host === "string" ? { pid: value.pid, host: value.host, began: value.began ?? null } : null;
  } catch {
    return null;
  }
}

/** Makes a file that must not be there yet; false when it is. */
function makeNew(path: string, text: string): boolean {
  try {
    const file = openSync(path, "wx");
    writeSync(file, text);
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw writeFailed(path, error, "written, which locks the embedded database");
  }
}

/** Removes the lock file of a process that is gone, unless it is another's by now: two that see the same one take turns. */
function takeOver(path: string, seen: string | null): void {
  const guard = `${path}.takeover`;
  if (!makeNew(guard, "")) {
    const { mtimeMs = Infinity } = statSync(guard, { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > TAKEOVER_MILLISECONDS) rmSync(guard, { force: true });
    return;
  }
  try {
    if (textOf(path) === seen) rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function lockHeld(folder: string, path: string, holder: Holder | null): GmigError {
  const who = holder === null ? "another process" : `process ${holder.pid}${holder.host === hostname() ? "" : ` on ${holder.host}`}`;
  return new GmigError("LOCK_HELD", `The embedded database ${folder} is in use by ${who}`, {
    hint: `wait until it is done; if it has ended long ago, remove ${path}`,
    data: { folder, pid: holder?.pid ?? null, file: path },
  });
}

/**
 * Locks the folder of an embedded database, which two processes may never open at once: both would lose data without an error. Waits for another
 * process that runs; the lock of one that is gone is taken over. Returns what releases it. The folder above must be there.
 *
 * @throws GmigError LOCK_HELD, WRITE_FAILED.
 */
export async function lockEmbedded(folder: string, waitMilliseconds: number): Promise<() => void> {
  const path = `${folder}.lock`;
  const own = JSON.stringify({ pid, host: hostname(), began: beganAt(pid), token: randomUUID() });
  const end = performance.now() + waitMilliseconds;
  let emptyLooks = 0;
  while (!makeNew(path, own)) {
    const seen = textOf(path);
    const holder = holderIn(seen);
    emptyLooks = seen !== null && holder === null ? emptyLooks + 1 : 0;
    if ((holder !== null && !isRunning(holder)) || emptyLooks > EMPTY_LOOKS) takeOver(path, seen);
    else if (performance.now() > end) throw lockHeld(folder, path, holder);
    else await sleep(POLL_MILLISECONDS);
  }
  return () => {
    if (textOf(path) === own) rmSync(path, { force: true });
  };
}
