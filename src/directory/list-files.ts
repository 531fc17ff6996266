import { type Stats, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** A file that may be a revision, with what tells whether it has changed. */
export interface ListedFile {
  /** With the subfolder where folders are searched recursively. */
  readonly name: string;
  readonly size: number;
  /** Milliseconds with a fraction, as the file system gives them. */
  readonly modified: number;
  readonly changed: number;
}

const CODE = /\.[mc]?[jt]s$/;
const DECLARATION = /\.d\.[mc]?ts$/;

/** Whether a file name can be a revision's: code or SQL, but no declaration, source map or dotfile. */
export function isCandidate(name: string): boolean {
  return !name.startsWith(".") && (name.endsWith(".sql") || (CODE.test(name) && !DECLARATION.test(name)));
}

/** Of a source and what was compiled from it beside it, only the source counts: `x.js` is left out where `x.ts` lies. */
function withoutCompiled(names: readonly string[]): readonly string[] {
  const sources = new Set(names.filter((name) => /\.[mc]?ts$/.test(name)).map((name) => name.replace(/ts$/, "js")));
  return sources.size === 0 ? names : names.filter((name) => !sources.has(name));
}

function listed(folder: string, prefix: string, name: string): ListedFile | null {
  const stats: Stats | undefined = statSync(`${folder}/${name}`, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile()) return null;
  return { name: prefix === "" ? name : prefix + name, size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs };
}

/**
 * Lists the files of a revisions folder that may be revisions, by name; with `recursive`, also its subfolders' (not dotted ones, nor node_modules).
 * Returns null when there is no such folder.
 */
export function listFiles(folder: string, recursive: boolean, prefix = ""): readonly ListedFile[] | null {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw error;
  }
  names.sort();
  const files: ListedFile[] = [];
  for (const name of withoutCompiled(names.filter(isCandidate))) {
    const file = listed(folder, prefix, name);
    if (file !== null) files.push(file);
  }
  if (!recursive) return files;
  const folders = names.filter((name) => !name.startsWith(".") && name !== "node_modules" && statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true);
  return [...files, ...folders.flatMap((name) => listFiles(join(folder, name), true, `${prefix}${name}/`) ?? [])];
}
