import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { temporaryRoot } from "./temporary-root.js";

const made: string[] = [];

/** A new, empty folder, by its real path, removed with all it holds when this process ends. */
export function freshFolder(): string {
  if (made.length === 0) process.once("exit", removeAll);
  const folder = realpathSync(mkdtempSync(join(temporaryRoot(), "gmig-test-")));
  made.push(folder);
  return folder;
}

function removeAll(): void {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
}
