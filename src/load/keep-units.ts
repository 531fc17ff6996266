import { renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fingerprint } from "./fingerprint.js";
import { ONE, SEVERAL } from "./find-unit.js";
import { packOf } from "./pack.js";
import { recordName } from "./record-name.js";
import type { Snapshot } from "./snapshot.js";
import type { Unit } from "./unit.js";

/** Writes units that were compiled together to one file. Whoever reads meanwhile sees all of it or none. */
export function keepUnits(units: readonly Unit[], folder: string, snapshot: Snapshot): void {
  const records = units.flatMap(({ entries }) => entries.map((source) => recordName(source, snapshot)));
  const [first] = records;
  if (first === undefined) {
    return;
  }
  const pack = packOf(units, snapshot);
  if (records.length === 1) {
    writeWhole(join(folder, first + ONE), pack);
    return;
  }
  writeWhole(join(folder, fingerprint(`${records.join("\n")}\n${units.map(({ id }) => id).join("\n")}`) + SEVERAL), pack);
  // What was kept of one of them alone, or that it was not to be trusted, is older.
  records.forEach((record) => rmSync(join(folder, record + ONE), { force: true }));
}

/** Lets go of a unit, so that its sources are compiled anew the next time. */
export function forgetUnit({ entries }: Unit, folder: string, snapshot: Snapshot): void {
  for (const source of entries) {
    writeWhole(join(folder, recordName(source, snapshot) + ONE), Buffer.alloc(0));
  }
}

function writeWhole(path: string, bytes: Buffer): void {
  const draft = `${path}.${Math.random().toString(36).slice(2)}`;
  // A source may be for its owner's eyes alone, so what follows from it is too.
  writeFileSync(draft, bytes, { mode: 0o600 });
  renameSync(draft, path);
}
