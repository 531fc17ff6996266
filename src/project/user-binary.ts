import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { platform } from "node:os";

/** Returns the path of a program that the project has installed, found upwards from a folder; null when there is none. */
export function userPath(folder: string, name: string): string | null {
  if (isAbsolute(name)) return existsSync(name) ? name : null;
  const file = platform() === "win32" ? `${name}.cmd` : name;
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, "node_modules", ".bin", file);
    if (existsSync(path)) return path;
    if (dirname(at) === at) return null;
  }
}
