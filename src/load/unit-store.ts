import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./fingerprint.js";
import type { Snapshot } from "./snapshot.js";
import type { Unit, WrittenUnit } from "./unit.js";

/** Raised whenever the same sources come to be compiled otherwise, or records are kept otherwise. */
const FORMAT = 1;

/** A record is kept for each source that was asked for: its unit, or, to keep a unit's text once, the record that has it. */
type Kept = { readonly unit: Unit } | { readonly in: string };

/**
 * Finds the unit that a source was compiled into, if compiling it now would give the same: every file that it followed from has the text it
 * had, none has appeared that would change it, and its own files are whole.
 */
export function unitFinder(folder: string, snapshot: Snapshot): (source: string) => Unit | undefined {
  const known = new Map<string, Unit | undefined>();
  const read = (name: string): Unit | undefined => {
    if (known.has(name)) {
      return known.get(name);
    }
    const kept = readRecord(join(folder, name), snapshot);
    const unit = kept === undefined || "unit" in kept ? kept?.unit : read(kept.in);
    const current = unit?.folder === folder && isCurrent(unit, snapshot) ? unit : undefined;
    known.set(name, current);
    return current;
  };
  return (source) => {
    const unit = snapshot.read(source) === undefined ? undefined : read(recordName(source, snapshot));
    return unit?.entries[source] === undefined ? undefined : unit;
  };
}

/** Writes a unit and its records. Whoever reads meanwhile sees all of a file or none of it. */
export function keepUnit({ unit, texts }: WrittenUnit, snapshot: Snapshot): void {
  mkdirSync(unit.folder, { recursive: true });
  for (const { name, size } of unit.outputs) {
    const path = join(unit.folder, name);
    if (sizeOf(path) !== size) {
      writeWhole(path, texts.get(name) ?? "");
    }
  }
  const [first, ...others] = recordNames(unit, snapshot);
  if (first !== undefined) {
    writeWhole(join(unit.folder, first), JSON.stringify({ unit } satisfies Kept));
    others.forEach((name) => writeWhole(join(unit.folder, name), JSON.stringify({ in: first } satisfies Kept)));
  }
}

/** Lets go of a unit, so that its sources are compiled anew the next time. */
export function forgetUnit(unit: Unit, snapshot: Snapshot): void {
  for (const name of recordNames(unit, snapshot)) {
    rmSync(join(unit.folder, name), { force: true });
  }
}

function recordNames(unit: Unit, snapshot: Snapshot): readonly string[] {
  return Object.keys(unit.entries).map((source) => recordName(source, snapshot));
}

function recordName(source: string, snapshot: Snapshot): string {
  return `${fingerprint(`${FORMAT}\n${source}\n${snapshot.print(source)}`)}.json`;
}

function readRecord(path: string, snapshot: Snapshot): Kept | undefined {
  const text = snapshot.exists(path) ? snapshot.read(path) : undefined;
  try {
    const kept: unknown = JSON.parse(text ?? "null");
    return typeof kept === "object" && kept !== null ? (kept as Kept) : undefined;
  } catch {
    return undefined;
  }
}

function isCurrent(unit: Unit, snapshot: Snapshot): boolean {
  return (
    Object.entries(unit.inputs).every(([path, print]) => snapshot.print(path) === print) &&
    !unit.absent.some((path) => snapshot.exists(path)) &&
    unit.files.every((path) => snapshot.exists(path)) &&
    unit.outputs.every(({ name, size }) => sizeOf(join(unit.folder, name)) === size)
  );
}

function sizeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function writeWhole(path: string, text: string): void {
  const draft = `${path}.${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, text);
  renameSync(draft, path);
}
