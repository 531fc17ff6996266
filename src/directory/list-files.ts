import { type Stats, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { GmigError } from "../errors.js";

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
  if (!names.some((name) => name.endsWith("js"))) return names;
  const sources = new Set(names.filter((name) => name.endsWith("ts")).map((name) => name.replace(/ts$/, "js")));
  return names.filter((name) => !sources.has(name));
}

function unreadable(path: string, cause: unknown): GmigError {
  return new GmigError("FOLDER_ABSENT", `The revisions folder cannot be read: ${(cause as Error).message}`, { cause, data: { folders: [path] } });
}

/** Returns null for what is not there, be it at the end of a link or of a circle of links. */
function statsOf(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ELOOP") return null;
    throw unreadable(path, cause);
  }
}

function listed(folder: string, prefix: string, name: string): ListedFile | null {
  const stats = statsOf(`${folder}/${name}`);
  if (stats === null || !stats.isFile()) return null;
  return { name: prefix === "" ? name : prefix + name, size: stats.size, modified: stats.mtimeMs, changed: stats.ctimeMs };
}

function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder).sort();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw unreadable(folder, cause);
  }
}

/**
 * Lists the files of a revisions folder that may be revisions, by name; with `recursive`, also its subfolders' (not dotted ones, nor node_modules).
 * Returns null when there is no such folder.
 *
 * @throws GmigError FOLDER_ABSENT for one that cannot be read.
 */
export function listFiles(folder: string, recursive: boolean): readonly ListedFile[] | null {
  return listWithin(folder, recursive, "", new Set());
}

/** A revisions folder and its files, null where there is no such folder. */
export interface Listing {
  readonly folder: string;
  readonly files: readonly ListedFile[] | null;
}

/**
 * Lists each of the folders as {@link listFiles} does.
 *
 * @throws GmigError FOLDER_ABSENT for one that cannot be read.
 */
export function listFolders(folders: readonly string[], recursive: boolean): readonly Listing[] {
  return folders.map((folder) => ({ folder, files: listFiles(folder, recursive) }));
}

/** `seen` holds the folders on the way here by their real paths: a link may lead back to one of them. */
function listWithin(folder: string, recursive: boolean, prefix: string, seen: ReadonlySet<string>): readonly ListedFile[] | null {
  const names = namesIn(folder);
  if (names === null) return null;
  const here = recursive ? realpathSync(folder) : folder;
  if (seen.has(here)) return [];
  const files: ListedFile[] = [];
  for (const name of withoutCompiled(names.filter(isCandidate))) {
    const file = listed(folder, prefix, name);
    if (file !== null) files.push(file);
  }
  if (!recursive) return files;
  const way = new Set([...seen, here]);
  const folders = names.filter((name) => !name.startsWith(".") && name !== "node_modules" && statsOf(join(folder, name))?.isDirectory() === true);
  return [...files, ...folders.flatMap((name) => listWithin(join(folder, name), true, `${prefix}${name}/`, way) ?? [])];
}
