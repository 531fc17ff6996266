import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { GmigError } from "../errors.js";
import type { LoadErrorOptions } from "./compile-error.js";

/**
 * Tells where files really lie, symbolic links followed; those that are given as text lie where they are said to. Throws GmigError for a file that isn't
 * there, or that nobody can load.
 */
export function sourcePaths({ root, code }: LoadErrorOptions, given?: ReadonlyMap<string, unknown>): (file: string) => string {
  const folders = new Map<string, string>();
  const folder = (path: string): string => {
    const known = folders.get(path) ?? realFolder(path);
    folders.set(path, known);
    return known;
  };
  return (file) => {
    const path = join(folder(dirname(file)), basename(file));
    // To esbuild that is a pattern.
    if (path.includes("*")) {
      throw new GmigError(code, `${relative(root, file)} can't be loaded: there is a * in its path`, { data: { file } });
    }
    if (given?.has(file) === true) {
      return path;
    }
    try {
      return lstatSync(path).isSymbolicLink() ? realpathSync(path) : path;
    } catch (cause) {
      throw new GmigError(code, `${relative(root, file)} can't be read`, { data: { file }, cause });
    }
  };
}

/** The real path of a folder, or of as much of it as there is. */
function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realFolder(dirname(path)), basename(path));
  }
}
