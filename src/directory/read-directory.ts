import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Problem } from "../revision/problem.js";
import { blobId } from "../revision/fingerprint.js";
import { readHeader } from "../revision/read-header.js";
import { type IndexedFile, readHeaderIndex, writeHeaderIndex } from "./header-index.js";
import { type ListedFile, type Listing, listFolders } from "./list-files.js";
import type { RevisionFile } from "./revision-file.js";

export interface DirectoryOptions {
  /** The folders whose revisions make one graph, absolute. */
  readonly folders: readonly string[];
  readonly recursive: boolean;
  /** What file names in messages are relative to. */
  readonly root: string;
  readonly cache: string;
}

export interface DirectoryReading {
  readonly files: readonly RevisionFile[];
  /** What is wrong with single files: headers that can't be read, conflict markers. */
  readonly problems: readonly Problem[];
  /** Folders that are not there. */
  readonly absent: readonly string[];
}

interface FolderReading {
  readonly files: RevisionFile[];
  readonly problems: readonly Problem[];
}

/** Returns a path as messages name it: from the project's folder, with slashes. */
export function fileFrom(root: string, path: string): string {
  return relative(root, path).split(sep).join("/");
}

/** Returns a file's text, why it cannot be read, or null when it has gone since it was listed. */
function readText(path: string, file: string): string | Problem | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    return { code: "REVISION_MALFORMED", message: `${file} cannot be read: ${(error as Error).message}`, revisions: [], file };
  }
}

function readFolder(folder: string, listed: readonly ListedFile[], options: DirectoryOptions): FolderReading {
  const prefix = `${fileFrom(options.root, folder)}/`;
  const index = readHeaderIndex(options.cache, folder, prefix);
  const files: RevisionFile[] = [];
  const problems: Problem[] = [];
  const indexed: [ListedFile, IndexedFile][] = [];
  let isStale = false;
  for (const listedFile of listed) {
    const { name } = listedFile;
    let found = index.find(listedFile);
    if (found === null) {
      const file = `${prefix}${name}`;
      const text = readText(join(folder, name), file);
      if (typeof text !== "string") {
        if (text !== null) problems.push(text);
        continue;
      }
      const result = readHeader(text, file);
      isStale = true;
      if (result !== null && "problems" in result) {
        problems.push(...result.problems);
        continue;
      }
      found = result === null ? "neighbour" : { ...result.reading.header, style: result.reading.style, blob: blobId(text), name, folder, file };
    }
    indexed.push([listedFile, found]);
    if (found !== "neighbour") files.push(found);
  }
  if (isStale) writeHeaderIndex(options.cache, folder, indexed, randomUUID());
  return { files, problems };
}

/**
 * Reads the headers of all revisions in the folders. Files that have not changed since the last time are not read: the header index knows them.
 *
 * @param listings the folders' files, where they have been listed already.
 * @throws GmigError FOLDER_ABSENT for a folder that is there and cannot be read.
 */
export function readDirectory(options: DirectoryOptions, listings: readonly Listing[] = listFolders(options.folders, options.recursive)): DirectoryReading {
  const files: RevisionFile[] = [];
  const problems: Problem[] = [];
  const absent: string[] = [];
  for (const { folder, files: listed } of listings) {
    if (listed === null) {
      absent.push(folder);
      continue;
    }
    const reading = readFolder(folder, listed, options);
    files.push(...reading.files);
    problems.push(...reading.problems);
  }
  return { files, problems, absent };
}
