import { basename, dirname, join } from "node:path";
import { fingerprint } from "./fingerprint.js";

/** What a stack calls a compiled file: a name beside its source that no file has, legible, and free of characters that mean something there. */
export function outputPath(id: string, source: string): string {
  const legible = basename(source).replace(/\.[^.]*$/, "").replace(/[^\w.-]/g, "_").slice(0, 60);
  return join(dirname(source), `${id}-${legible}-${fingerprint(source).slice(0, 8)}.cjs`);
}

/** Whether a file of that name was compiled here. */
export function isOutputName(name: string): boolean {
  return /^[0-9a-f]{16}-[\w.-]*-[0-9a-f]{8}\.cjs$/.test(name);
}
