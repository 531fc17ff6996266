import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fingerprint } from "./fingerprint.js";

/** What files hold, each read once: within one call everything sees the same text, whoever saves meanwhile. */
export interface Snapshot {
  /** The text, for a folder the names in it; undefined where there is nothing to read. */
  read(path: string): string | undefined;
  /** The fingerprint of the same, empty where there is nothing to read. */
  print(path: string): string;
  exists(path: string): boolean;
}

/** A snapshot that fills as it is asked; files are looked at when they are first asked for. */
export function takeSnapshot(): Snapshot {
  const texts = new Map<string, string | undefined>();
  const prints = new Map<string, string>();
  const presence = new Map<string, boolean>();
  const read = (path: string): string | undefined => remember(texts, path, readText);
  return {
    read,
    print: (path) =>
      remember(prints, path, () => {
        const text = read(path);
        return text === undefined ? "" : fingerprint(text);
      }),
    exists: (path) => remember(presence, path, existsSync),
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
