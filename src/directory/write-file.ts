import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFailed } from "../write-failed.js";
import { removeFile } from "./remove-file.js";

function throughTemporary(path: string, text: string, place: (temporary: string) => void): void {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text, { flag: "wx", flush: true });
    place(temporary);
  } catch (cause) {
    throw writeFailed(path, cause);
  } finally {
    removeFile(temporary);
  }
}

/**
 * Writes a new file, whole or not at all.
 *
 * @throws GmigError WRITE_FAILED, also when there is a file of that name.
 */
export function createFile(path: string, text: string): void {
  // A link fails where the name is taken; a rename would replace it.
  throughTemporary(path, text, (temporary) => {
    linkOrCopy(temporary, path, text);
  });
}

/** Links where the file system can, else writes exclusively. */
function linkOrCopy(temporary: string, path: string, text: string): void {
  try {
    linkSync(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") throw error;
    writeExclusively(path, text);
  }
}

function writeExclusively(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx", flush: true });
  } catch (error) {
    // A part of it may be there, when the disk became full.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") removeFile(path);
    throw error;
  }
}

/**
 * Replaces a file's text, whole or not at all.
 *
 * @throws GmigError WRITE_FAILED.
 */
export function replaceFile(path: string, text: string): void {
  throughTemporary(path, text, (temporary) => {
    renameSync(temporary, path);
  });
}
