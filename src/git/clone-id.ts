import { randomBytes, randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFailed } from "../write-failed.js";
import type { Place } from "./place.js";

function idFile({ commonDirectory }: Place): string {
  return join(commonDirectory, "gmig/clone-id");
}

/** Linked worktrees share the clone's id and add git's name for them. */
function withWorktree(id: string, { gitDirectory, commonDirectory }: Place): string {
  return gitDirectory === commonDirectory ? id : `${id}/${basename(gitDirectory)}`;
}

/** Returns the name of this clone and worktree, or null before `ensureCloneId` has given it one. It stays when the folder is moved, and a fresh clone gets another. */
export function readCloneId(place: Place): string | null {
  try {
    const id = readFileSync(idFile(place), "utf8").trim();
    return id === "" ? null : withWorktree(id, place);
  } catch {
    return null;
  }
}

/** Writes the id under its name in one step, and only where none is: of two processes one wins. */
function createId(path: string): void {
  const temporary = `${path}.${randomUUID()}`;
  writeFileSync(temporary, `${randomBytes(8).toString("hex")}\n`);
  try {
    linkSync(temporary, path);
  } catch (error) {
    // Some file systems have no links; a rename may replace the other's id in the worst moment, but leaves a whole one.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") renameSync(temporary, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Folders that are not ours to write to: an upgrade from a read-only checkout goes on without a name. */
const READ_ONLY = new Set(["EACCES", "EPERM", "EROFS"]);

/**
 * The same for a command that writes: makes a random id on first use, in git's own folder, where it is never committed and `git clean` does not reach.
 * Null where that folder may not be written to.
 *
 * @throws GmigError WRITE_FAILED.
 */
export function ensureCloneId(place: Place): string | null {
  const known = readCloneId(place);
  if (known !== null) return known;
  const path = idFile(place);
  try {
    mkdirSync(dirname(path), { recursive: true });
    createId(path);
  } catch (cause) {
    if (READ_ONLY.has((cause as NodeJS.ErrnoException).code ?? "")) return null;
    throw writeFailed(path, cause);
  }
  return readCloneId(place);
}
