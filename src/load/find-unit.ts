import { statSync } from "node:fs";
import { join } from "node:path";
import type { Snapshot } from "./snapshot.js";
import type { Surroundings, Unit } from "./unit.js";
import { type RecordedUnit, type UnitRecord, recordName } from "./unit-record.js";

/**
 * Finds the unit that a source was compiled into, if compiling it now would give the same: every file that it followed from has the text it
 * had, none has appeared that would change it, and its own files are whole.
 */
export function unitFinder(folder: string, snapshot: Snapshot): (source: string) => Unit | undefined {
  const surroundings = remembered((name) => currentSurroundings(readJson<Surroundings>(join(folder, name), snapshot), snapshot));
  const units = remembered((name): Unit | string | undefined => {
    const { unit, in: other } = readJson<UnitRecord>(join(folder, name), snapshot) ?? {};
    const around = unit?.folder === folder && isCurrent(unit, snapshot) ? surroundings(unit.surroundings) : undefined;
    return unit === undefined || around === undefined ? other : { ...unit, surroundings: around };
  });
  return (source) => {
    const first = snapshot.read(source) === undefined ? undefined : units(recordName(source, snapshot));
    const unit = typeof first === "string" ? units(first) : first;
    return typeof unit === "object" && unit.entries[source] !== undefined ? unit : undefined;
  };
}

function remembered<Value>(find: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    if (!known.has(name)) {
      known.set(name, find(name));
    }
    return known.get(name) as Value;
  };
}

/** What a file of the cache holds, as far as it does: it may be from another time, or damaged. */
function readJson<Value>(path: string, snapshot: Snapshot): Partial<Value> | undefined {
  const text = snapshot.exists(path) ? snapshot.read(path) : undefined;
  try {
    return (JSON.parse(text ?? "null") as Partial<Value> | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function isCurrent({ reads, absent, files, outputs, folder }: RecordedUnit, snapshot: Snapshot): boolean {
  return (
    Object.entries(reads).every(([path, text]) => snapshot.read(path) === text) &&
    !absent.some((path) => snapshot.exists(path)) &&
    files.every((path) => snapshot.exists(path)) &&
    outputs.every(({ name, size }) => statSync(join(folder, name), { throwIfNoEntry: false })?.size === size)
  );
}

function currentSurroundings(found: Partial<Surroundings> | undefined, snapshot: Snapshot): Surroundings | undefined {
  const { texts, absent } = found ?? {};
  const current =
    texts !== undefined &&
    absent !== undefined &&
    Object.entries(texts).every(([path, text]) => snapshot.read(path) === text) &&
    !absent.some((path) => snapshot.exists(path));
  return current ? { texts, absent } : undefined;
}
