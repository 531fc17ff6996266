import { accessSync, constants, statSync } from "node:fs";
import { platform } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import type { Environment } from "./environment.js";

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Returns the path of the git program that an environment's PATH names, or null where there is none. Only absolute folders count: left to itself,
 * Windows would run a git.exe that lies in the current folder, which may be a stranger's checkout.
 */
export function findGit(env: Environment): string | null {
  const isWindows = platform() === "win32";
  const key = isWindows ? Object.keys(env).find((name) => name.toUpperCase() === "PATH") : "PATH";
  const folders = (env[key ?? "PATH"] ?? "").split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, isWindows ? "git.exe" : "git")).find(isProgram) ?? null;
}
