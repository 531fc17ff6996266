import { randomUUID } from "node:crypto";
import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFailed } from "../write-failed.js";

/** One character a byte: what gmig adds is ASCII, and whatever else a file holds comes back as it was. */
const BYTES = "latin1";

/** A file's text before and after; null where there is none. One character stands for one byte. */
export interface FileEdit {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Whether a new file is a program; one that is there keeps its mode. */
  readonly executable: boolean;
}

/** What the system knows of a path; undefined where nothing is, nor can be, because a part of the path is a file (`core.hooksPath` may be /dev/null). */
function unlessAbsent(look: () => Stats | undefined): Stats | undefined {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Returns a file's bytes as a text, or null when there is no such file. */
export function readBytes(path: string): string | null {
  return unlessAbsent(() => statSync(path, { throwIfNoEntry: false }))?.isFile() === true ? readFileSync(path, BYTES) : null;
}

/** Whether the name is a symbolic link: what it leads to belongs to somebody else. */
export function isLink(path: string): boolean {
  return unlessAbsent(() => lstatSync(path, { throwIfNoEntry: false }))?.isSymbolicLink() === true;
}

/**
 * Makes a file what an edit says, whole or not at all.
 *
 * @throws GmigError WRITE_FAILED.
 */
export function applyEdit({ path, before, after, executable }: FileEdit): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    if (after === null) {
      rmSync(path, { force: true });
      return;
    }
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, after, { encoding: BYTES, flag: "wx", mode: executable ? 0o755 : 0o644 });
    if (before !== null) chmodSync(temporary, statSync(path).mode);
    renameSync(temporary, path);
  } catch (cause) {
    discard(temporary);
    throw writeFailed(path, cause, after === null ? "removed" : "written");
  }
}

/** What could not be made can't be removed either, where a part of its path is a file; why it could not be made says more. */
function discard(temporary: string): void {
  try {
    rmSync(temporary, { force: true });
  } catch {}
}
