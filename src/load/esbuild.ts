import type * as Esbuild from "esbuild";
import { createRequire } from "node:module";
import { GmigError } from "../errors.js";

/** esbuild, loaded when first asked for: it takes 20 ms and a process of its own, which a warm cache spares. */
export async function startEsbuild(): Promise<typeof Esbuild> {
  return import("esbuild");
}

/** The file that says which esbuild is installed, or undefined where none is. */
export function esbuildManifest(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve("esbuild/package.json");
  } catch {
    return undefined;
  }
}

/** The error for when esbuild fails, and not because of what it was given. */
export function startError(cause: unknown): GmigError {
  return new GmigError("CONFIG_INVALID", "esbuild, which compiles TypeScript, can't be started", { hint: "npm install", cause });
}

/** Whether esbuild threw because of what it was given, and says where. */
export function isBuildFailure(error: unknown): error is Esbuild.BuildFailure {
  return error instanceof Error && Array.isArray((error as Partial<Esbuild.BuildFailure>).errors);
}
