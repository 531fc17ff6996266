import { rmSync } from "node:fs";

/** Removes what is left of a file after a failure. Where that fails too, the failure before it is what has to be told. */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Such as a path through a file, where nothing can be.
  }
}
