import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** The paths below a folder that are read as whole files while an action runs, as Node's own function is asked for them. */
export function readsWithin<Result>(folder: string, action: () => Result): { readonly result: Result; readonly reads: readonly string[] } {
  const { readFileSync } = fs;
  const reads: string[] = [];
  fs.readFileSync = ((path: fs.PathOrFileDescriptor, options?: never) => {
    if (typeof path === "string" && path.startsWith(`${folder}/`)) reads.push(path.slice(folder.length + 1));
    return readFileSync(path, options);
  }) as typeof fs.readFileSync;
  syncBuiltinESMExports();
  try {
    return { result: action(), reads };
  } finally {
    fs.readFileSync = readFileSync;
    syncBuiltinESMExports();
  }
}
