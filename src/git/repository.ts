import type { Place } from "./place.js";
import type { Reader } from "./reader.js";
import type { Git } from "./run-git.js";

/** An open repository: where it lies, and how it is read. Paths in it are given from its top, with slashes; "" is the top itself. */
export interface Repository extends Place {
  /** The git program for this repository, or null where there is none. */
  readonly git: Git | null;
  /**
   * The git program, for what only it can do.
   *
   * @throws GmigError GIT_FAILED where there is none; `purpose` goes on after "git could not".
   */
  requireGit(purpose: string): Git;
  /**
   * What reads objects and references here: git, or isomorphic-git where there is no git program; loaded when first asked for.
   *
   * @throws GmigError GIT_FAILED where neither can.
   */
  reader(): Promise<Reader>;
}
