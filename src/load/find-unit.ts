import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type KeptUnit, type Pack, readPack } from "./pack.js";
import { recordName } from "./record-name.js";
import type { Snapshot } from "./snapshot.js";
import type { Surroundings, Unit } from "./unit.js";

/** The file of the cache that holds one source's unit, and what the files that hold several are called. */
export const ONE = ".unit";
export const SEVERAL = ".units";

/**
 * Finds the unit that a source was compiled into, if compiling it now would give the same: every file that it followed from has the text it
 * had, and none has appeared that would change it.
 */
export function unitFinder(folder: string, snapshot: Snapshot): (source: string) => Unit | undefined {
  const isCurrent = remembered((around: Surroundings) => areCurrent(around, snapshot));
  const current = remembered(({ unit, had }: KeptUnit) => {
    const { reads, absent, files, surroundings } = unit;
    const same = reads.every((path) => snapshot.read(path) === had(path)) && !absent.some((path) => snapshot.exists(path)) && files.every((path) => snapshot.exists(path));
    return same && isCurrent(surroundings) ? unit : undefined;
  });
  const packs = packReader(folder);
  return (source) => {
    if (snapshot.read(source) === undefined) {
      return undefined;
    }
    const record = recordName(source, snapshot);
    for (const pack of packs(record)) {
      const kept = pack.find(record);
      const unit = kept?.unit.entries.includes(source) === true ? current(kept) : undefined;
      if (unit !== undefined) {
        return unit;
      }
    }
    return undefined;
  };
}

/** The packs that may hold a record: one of its own comes first, and alone, since it may say that others are not to be trusted. */
function packReader(folder: string): (record: string) => Iterable<Pack> {
  let names: ReadonlySet<string> | undefined;
  let asked = 0;
  const read = remembered((name: string) => packIn(join(folder, name)));
  return function* (record) {
    asked++;
    const own = record + ONE;
    // Listing the folder pays for a second question, and where there is more than one file.
    if (names === undefined && asked > 1) {
      names = new Set(namesIn(folder));
    }
    const pack = names === undefined || names.has(own) ? packIn(join(folder, own)) : "absent";
    if (pack !== "absent") {
      yield* pack === undefined ? [] : [pack];
      return;
    }
    names ??= new Set(namesIn(folder));
    for (const name of names) {
      const several = name.endsWith(SEVERAL) ? read(name) : undefined;
      if (several !== undefined && several !== "absent") {
        yield several;
      }
    }
  };
}

function packIn(path: string): Pack | undefined | "absent" {
  try {
    return readPack(readFileSync(path));
  } catch {
    return "absent";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function areCurrent({ texts, absent }: Surroundings, snapshot: Snapshot): boolean {
  return Object.entries(texts).every(([path, text]) => snapshot.read(path) === text) && !absent.some((path) => snapshot.exists(path));
}

function remembered<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    if (!known.has(key)) {
      known.set(key, find(key));
    }
    return known.get(key) as Value;
  };
}
