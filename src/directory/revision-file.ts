import { join } from "node:path";
import type { Header, HeaderStyle } from "../revision/header.js";

/** A revision as it lies on disk: its header and where it is, without its text. */
export interface RevisionFile extends Header {
  readonly style: HeaderStyle;
  /** Git's blob id of its text with LF line endings, by SHA-1. */
  readonly blob: string;
  /** The file's name, with the subfolder where folders are searched recursively. */
  readonly name: string;
  /** The revisions folder that it was found in, absolute. */
  readonly folder: string;
  /** The path from the project's folder, with slashes: what messages and results name. */
  readonly file: string;
}

/** Returns the absolute path of a revision's file. */
export function pathOf({ folder, name }: Pick<RevisionFile, "folder" | "name">): string {
  return join(folder, name);
}
