import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { command, GmigError } from "../errors.js";
import { removeFile } from "./remove-file.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EEXIST: "a file of that name is there already",
  ENOTDIR: "a part of its path is a file",
};

/** What there is to look at, where it is known. */
function hintFor(code: string, path: string): string | undefined {
  if (code === "ENOSPC") return command`df -h ${dirname(path)}`;
  return code === "EACCES" || code === "EPERM" || code === "ENOTDIR" ? command`ls -ld ${dirname(path)}` : undefined;
}

function writeFailed(path: string, cause: unknown): GmigError {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  return new GmigError("WRITE_FAILED", `${path} could not be written: ${REASONS[code] ?? (cause as Error).message}`, { cause, hint: hintFor(code, path), data: { file: path, errno: code } });
}

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
