import { rmSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./fingerprint.js";
import type { Snapshot } from "./snapshot.js";
import type { Unit } from "./unit.js";

/** Raised whenever the same sources come to be compiled otherwise, or records are kept otherwise. */
const FORMAT = 1;

/**
 * What the cache holds for each source that was asked for: its unit, with the name of the file that has the surroundings; or, to keep a unit once, the
 * name of the record that has it.
 */
export interface UnitRecord {
  readonly unit?: RecordedUnit;
  readonly in?: string;
}

export type RecordedUnit = Omit<Unit, "surroundings"> & { readonly surroundings: string };

/** The name of the record of a source with the text that it has now. Texts that share one are told apart by what the record holds. */
export function recordName(source: string, snapshot: Snapshot): string {
  const text = snapshot.read(source) ?? "";
  return `${fingerprint(`${FORMAT}\n${source}\n${text.length}\n${glance(text)}`)}.json`;
}

/** The names of the records of all entries of a unit. */
export function recordNames(unit: Unit, snapshot: Snapshot): readonly string[] {
  return Object.keys(unit.entries).map((source) => recordName(source, snapshot));
}

/** Lets go of a unit, so that its sources are compiled anew the next time. */
export function forgetUnit(unit: Unit, snapshot: Snapshot): void {
  for (const name of recordNames(unit, snapshot)) {
    rmSync(join(unit.folder, name), { force: true });
  }
}

/** Some characters of a text, wide apart. */
function glance(text: string): string {
  const step = Math.ceil(text.length / 48);
  let seen = "";
  for (let at = 0; at < text.length; at += step) {
    seen += text[at];
  }
  return seen;
}
