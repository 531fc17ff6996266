import { askGit, type Git } from "./run-git.js";

/** Major, minor and patch. */
export type GitVersion = readonly [number, number, number];

/** Returns git's version: what vendors add to it is left out. */
export async function gitVersion(git: Git): Promise<GitVersion> {
  const text = await askGit(git, ["version"], { purpose: "tell its version" });
  const [, major = 0, minor = 0, patch = 0] = (/(\d+)\.(\d+)(?:\.(\d+))?/.exec(text) ?? []).map(Number);
  return [major, minor, Number.isNaN(patch) ? 0 : patch];
}

/** Whether a version is this one or a later one. */
export function isAtLeast(version: GitVersion, major: number, minor: number): boolean {
  return version[0] > major || (version[0] === major && version[1] >= minor);
}
