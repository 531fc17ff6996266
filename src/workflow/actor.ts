import { userInfo } from "node:os";
import type { Actor } from "../database/write-ledger.js";
import { VERSION } from "../version.js";

/** What Git knows of where a command runs. */
export interface GitContext {
  readonly branch: string | null;
  readonly commit: string | null;
  /** Names this clone and worktree. */
  readonly origin: string | null;
}

export const NO_GIT: GitContext = { branch: null, commit: null, origin: null };

function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a number that has no name.
    return "unknown";
  }
}

/** Returns who acts, from where, for the ledger's rows. */
export function actorOf(git: GitContext): Actor {
  return { name: loginName(), branch: git.branch, commit: git.commit, origin: git.origin, gmigVersion: VERSION };
}
