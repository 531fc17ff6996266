import { mkdirSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { ListedFile } from "./list-files.js";
import { removeFile } from "./remove-file.js";

/** A file as young as what was kept of it may have been written twice within the clock's tick: Git's rule for racy entries. */
const RACY_MILLISECONDS = 10;

/** Whether a file was old enough, when something about it was written, for any later change to show in its times. */
export function isSettled({ modified, changed }: ListedFile, written: number): boolean {
  return Math.max(modified, changed) < written - RACY_MILLISECONDS;
}

/**
 * Writes a file of the cache through a temporary name, so that two processes may do it at once. A cache that can't be written is done without.
 *
 * @param text gives the contents, from the time of writing in milliseconds by the file system's own clock, which is what the files' times are told by.
 */
export function writeCache(target: string, unique: string, text: (written: number) => string): void {
  const temporary = `${target}.${unique}`;
  try {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(temporary, "");
    writeFileSync(temporary, text(statSync(temporary).mtimeMs));
    renameSync(temporary, target);
  } catch {
    removeFile(temporary);
  }
}
