import type { Header, HeaderStyle } from "../revision/header.js";

/** A revision as it lies on disk: its header and where it is, without its text. */
export interface RevisionFile {
  readonly header: Header;
  readonly style: HeaderStyle;
  /** The file's name, with the subfolder where folders are searched recursively. */
  readonly name: string;
  /** The revisions folder that it was found in, absolute. */
  readonly folder: string;
  readonly path: string;
}
