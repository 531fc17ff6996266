import { realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { isWithin } from "./find-place.js";
import type { Place } from "./place.js";

/** The real path; of what is not there, that of the nearest folder above it with the rest as it is. */
function realPath(path: string): string {
  if (statSync(path, { throwIfNoEntry: false }) !== undefined) return realpathSync(path);
  const above = dirname(path);
  return above === path ? path : join(realPath(above), basename(path));
}

/**
 * Returns an absolute path as git names it: from the worktree's top, with slashes, links on the way followed; "" for the top itself. Null when it lies
 * outside, and in a bare repository.
 */
export function pathIn({ worktree }: Place, path: string): string | null {
  const real = realPath(resolve(path));
  return worktree === null || !isWithin(real, worktree) ? null : relative(worktree, real).split(sep).join("/");
}
