import { existsSync, readFileSync, readdirSync } from "node:fs";

/** What files hold, each read once: within one call everything sees the same text, whoever saves meanwhile. */
export interface Snapshot {
  /** The text, for a folder the names in it; undefined where there is nothing to read. */
  read(path: string): string | undefined;
  exists(path: string): boolean;
  /** The texts that were given, by path: they are read in place of what is on disk. */
  readonly overlay: ReadonlyMap<string, string>;
}

const NOTHING: ReadonlyMap<string, string> = new Map();

/** A snapshot that fills as it is asked; files are looked at when they are first asked for. */
export function takeSnapshot(overlay: ReadonlyMap<string, string> = NOTHING): Snapshot {
  const texts = new Map<string, string | undefined>();
  const presence = new Map<string, boolean>();
  return {
    read: (path) => overlay.get(path) ?? remember(texts, path, readText),
    exists: (path) => overlay.has(path) || remember(presence, path, existsSync),
    overlay,
  };
}

function remember<Value>(known: Map<string, Value>, path: string, find: (path: string) => Value): Value {
  if (!known.has(path)) {
    known.set(path, find(path));
  }
  return known.get(path) as Value;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EISDIR" ? readdirSync(path).sort().join("\n") : undefined;
  }
}
