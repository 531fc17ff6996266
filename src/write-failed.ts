import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { command, GmigError } from "./errors.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EROFS: "the file system is read-only",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EEXIST: "a file of that name is there already",
  EISDIR: "a folder of that name is there",
  ENOTDIR: "a part of its path is a file",
};

/** The nearest of what is there on the way to a path: that is what stands in the way, or lacks a permission. */
export function nearestThere(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestThere(dirname(path));
}

/** What there is to look at, where it is known. */
function hintFor(code: string, path: string): string | undefined {
  if (["ENOSPC", "EDQUOT", "EROFS"].includes(code)) return command`df -h ${nearestThere(dirname(path))}`;
  if (code === "EEXIST" || code === "EISDIR") return command`ls -ld ${nearestThere(path)}`;
  return code === "EACCES" || code === "EPERM" || code === "ENOTDIR" ? command`ls -ld ${nearestThere(dirname(path))}` : undefined;
}

/**
 * The WRITE_FAILED for what the system said of a file or folder: which, why in plain words, and the command that shows more. `what` is what could not be
 * done with it.
 */
export function writeFailed(path: string, cause: unknown, what = "written"): GmigError {
  const code = (cause as NodeJS.ErrnoException).code ?? "";
  return new GmigError("WRITE_FAILED", `${path} could not be ${what}: ${REASONS[code] ?? (cause as Error).message}`, { cause, hint: hintFor(code, path), data: { file: path, errno: code } });
}
