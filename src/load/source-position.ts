import { SourceMap, type SourceMapPayload, type SourceMapping } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { installedPackage } from "./installed-package.js";
import { isTypeScript } from "./module-format.js";
import { isOutputName } from "./output-name.js";
import { sourceMapOf } from "./source-map.js";

/** A place in a file that the user wrote; line and column count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What was compiled, by the paths that stacks know it by. */
const compiled = new Map<string, () => string>();

/** Lets positions in a compiled text be told from now on. */
export function rememberText(path: string, text: () => string): void {
  compiled.set(path, text);
}

/**
 * Where in the user's own files an error was thrown: the first call in its stack that is in a loaded module, even one that packages made.
 * Undefined where the stack has none. Costs nothing until an error is asked about.
 */
export function sourcePosition(error: unknown): SourcePosition | undefined {
  const stack = error instanceof Error && typeof error.stack === "string" ? error.stack : "";
  for (const line of stack.split("\n")) {
    // "    at up (file:///folder/file.mjs:3:9)"
    const call = /^\s+at (?:.*? \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(line);
    const position = call === null ? undefined : original(pathOf(call[1]!), Number(call[2]), Number(call[3]));
    if (position !== undefined) {
      return position;
    }
  }
  return undefined;
}

/** Where in the user's file a place in a compiled one comes from, line and column counted from 1; undefined where nothing of the user's does. */
function original(path: string, line: number, column: number): SourcePosition | undefined {
  if (!isOutputName(basename(path))) {
    // With --enable-source-maps, and where Node itself runs TypeScript, the stack speaks of sources already.
    return isTypeScript(path) && installedPackage(path) === "" ? { file: path, line, column } : undefined;
  }
  const text = compiled.get(path)?.();
  const map = text === undefined ? undefined : sourceMapOf(text);
  if (map === undefined) {
    return undefined;
  }
  const entry = new SourceMap(JSON.parse(map) as SourceMapPayload).findEntry(line - 1, column - 1) as Partial<SourceMapping>;
  return entry.originalSource === undefined
    ? undefined
    : { file: fileURLToPath(entry.originalSource), line: (entry.originalLine ?? 0) + 1, column: (entry.originalColumn ?? 0) + 1 };
}

function pathOf(place: string): string {
  return place.startsWith("file:") ? fileURLToPath(place) : place;
}
