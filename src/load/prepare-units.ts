import type { LoadErrorOptions } from "./compile-error.js";
import { entangled } from "./entangled.js";
import { unitFinder } from "./find-unit.js";
import type { Snapshot } from "./snapshot.js";
import type { Unit } from "./unit.js";

export interface PrepareOptions extends LoadErrorOptions {
  readonly cache: string | null;
  readonly snapshot: Snapshot;
}

/**
 * Finds the compiled form of each source, compiling what the cache lacks, and writes that to the cache. Two units have no source in common. Throws GmigError
 * for what can't be compiled.
 */
export async function prepareUnits(sources: readonly string[], options: PrepareOptions): Promise<ReadonlyMap<string, Unit>> {
  const { cache, snapshot } = options;
  const find = cache === null ? () => undefined : unitFinder(cache, snapshot);
  const units = new Map<string, Unit>();
  for (const source of sources) {
    const unit = find(source);
    if (unit !== undefined) {
      units.set(source, unit);
    }
  }
  const waiting = [...sources.filter((source) => !units.has(source)), ...entangled(units)];
  if (waiting.length > 0) {
    // All that compiles is loaded only where something is to be compiled: finding what was runs in every command.
    const { compileUnits } = await import("./compile-units.js");
    await compileUnits(waiting, units, options);
  }
  return units;
}
