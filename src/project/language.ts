import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a project's own files are written in. */
export type Language = "ts" | "esm" | "commonjs";

interface Manifest {
  readonly type?: unknown;
  readonly prettier?: unknown;
  readonly dependencies?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, unknown>>;
}

/** Returns the nearest package.json at or above a folder, parsed; empty when there is none that can be read. */
export function nearestManifest(folder: string): Manifest {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, "package.json");
    if (existsSync(file)) {
      try {
        return JSON.parse(readFileSync(file, "utf8")) as Manifest;
      } catch {
        return {};
      }
    }
    if (dirname(at) === at) return {};
  }
}

/** Whether there is a tsconfig.json at or above a folder, as far as the nearest package.json. */
function hasTsconfig(folder: string): boolean {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, "tsconfig.json"))) return true;
    if (existsSync(join(at, "package.json")) || dirname(at) === at) return false;
  }
}

/** Returns TypeScript, unless the project has none; then ES modules or CommonJS, as its package.json says. */
export function projectLanguage(folder: string): Language {
  const manifest = nearestManifest(folder);
  if (hasTsconfig(folder) || manifest.dependencies?.["typescript"] !== undefined || manifest.devDependencies?.["typescript"] !== undefined) return "ts";
  return manifest.type === "module" ? "esm" : "commonjs";
}
