import { renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./fingerprint.js";
import type { Snapshot } from "./snapshot.js";
import type { Surroundings, Unit, WrittenUnit } from "./unit.js";
import { type UnitRecord, recordNames } from "./unit-record.js";

/** Writes units and their records. Whoever reads meanwhile sees all of a file or none of it. */
export function keepUnits(units: readonly WrittenUnit[], snapshot: Snapshot): void {
  const kept = new Map<Surroundings, string>();
  for (const { unit, texts } of units) {
    texts.forEach((text, name) => writeUnlessThere(join(unit.folder, name), text));
    const [first, ...others] = recordNames(unit, snapshot);
    if (first === undefined) {
      continue;
    }
    const surroundings = kept.get(unit.surroundings) ?? keepSurroundings(unit);
    kept.set(unit.surroundings, surroundings);
    writeWhole(join(unit.folder, first), JSON.stringify({ unit: { ...unit, surroundings } } satisfies UnitRecord));
    others.forEach((name) => writeWhole(join(unit.folder, name), JSON.stringify({ in: first } satisfies UnitRecord)));
  }
}

function keepSurroundings({ folder, surroundings }: Unit): string {
  const text = JSON.stringify(surroundings);
  const name = `${fingerprint(text)}.json`;
  writeUnlessThere(join(folder, name), text);
  return name;
}

function writeUnlessThere(path: string, text: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.size !== Buffer.byteLength(text)) {
    writeWhole(path, text);
  }
}

function writeWhole(path: string, text: string): void {
  const draft = `${path}.${Math.random().toString(36).slice(2)}`;
  // A source may be for its owner's eyes alone, so what follows from it is too.
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}
