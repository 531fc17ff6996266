import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** Git's folder of one worktree, and the one that all worktrees share; the same but for linked worktrees. */
export interface GitDirectory {
  readonly gitDirectory: string;
  readonly commonDirectory: string;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Returns the folder if it is a git directory as git judges it (HEAD, objects, refs), with the one it shares; else null. */
export function asGitDirectory(folder: string): GitDirectory | null {
  // HEAD may be a symbolic link to a branch without a commit.
  if (lstatSync(join(folder, "HEAD"), { throwIfNoEntry: false }) === undefined) return null;
  const link = join(folder, "commondir");
  const commonDirectory = existsSync(link) ? resolve(folder, readFileSync(link, "utf8").trimEnd()) : folder;
  if (!isFolder(join(commonDirectory, "objects")) || !isFolder(join(commonDirectory, "refs"))) return null;
  return { gitDirectory: realpathSync(folder), commonDirectory: realpathSync(commonDirectory) };
}

/** Follows a `.git`, which is a folder or, in linked worktrees and submodules, a file that names one; null where it leads to none. */
export function followDotGit(path: string): GitDirectory | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() === true) return asGitDirectory(path);
  if (stats?.isFile() !== true || stats.size > 65_536) return null;
  const target = /^gitdir: (.+?)[\r\n]*$/s.exec(readFileSync(path, "utf8"))?.[1];
  return target === undefined ? null : asGitDirectory(resolve(dirname(path), target));
}
