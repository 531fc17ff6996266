import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type CompileOptions, type CompiledModule } from "./compile-group.js";
import { compileModules } from "./compile-modules.js";
import { esbuildManifest } from "./esbuild.js";
import { projectFilesReader } from "./project-files.js";
import type { Snapshot } from "./snapshot.js";
import { sweepStore } from "./sweep-store.js";
import { makeTemporaryFolder } from "./temporary-folder.js";
import { type Unit, divideIntoUnits } from "./unit.js";
import { keepUnit, unitFinder } from "./unit-store.js";

export interface PrepareOptions {
  readonly root: string;
  readonly cache: string | null;
  readonly snapshot: Snapshot;
}

export interface PreparedUnits {
  /** The unit of each source. Two units have no source in common. */
  readonly units: ReadonlyMap<string, Unit>;
  /** The folder that compiled files went to instead of the cache, and their texts by path. */
  readonly temporary: { readonly folder: string; readonly texts: ReadonlyMap<string, string> } | undefined;
}

/** Finds the compiled form of each source, compiling what the cache lacks, and writes that to the cache. */
export async function prepareUnits(sources: readonly string[], { root, cache, snapshot }: PrepareOptions): Promise<PreparedUnits> {
  const find = cache === null ? () => undefined : unitFinder(cache, snapshot);
  const units = new Map<string, Unit>();
  for (const source of sources) {
    const unit = find(source);
    if (unit !== undefined) {
      units.set(source, unit);
    }
  }
  let waiting = [...new Set(sources)].filter((source) => !units.has(source));
  waiting = [...new Set([...waiting, ...entangled(units)])];
  if (waiting.length === 0) {
    return { units, temporary: undefined };
  }
  const folder = writableFolder(cache) ?? makeTemporaryFolder();
  const texts = new Map<string, string>();
  for (; waiting.length > 0; waiting = entangled(units)) {
    for (const { unit, texts: written } of await compileUnits(waiting, { root, folder, snapshot })) {
      keepUnit({ unit, texts: written }, snapshot);
      Object.keys(unit.entries).forEach((source) => units.set(source, unit));
      written.forEach((text, name) => texts.set(join(folder, name), text));
    }
  }
  if (folder === cache) {
    sweepStore(folder);
    return { units, temporary: undefined };
  }
  return { units, temporary: { folder, texts } };
}

async function compileUnits(sources: readonly string[], options: Omit<CompileOptions, "projectFiles">) {
  const { snapshot, folder } = options;
  const projectFiles = projectFilesReader(snapshot);
  const compiled: ReadonlyMap<string, CompiledModule> = await compileModules(sources, { ...options, projectFiles });
  const manifest = esbuildManifest();
  return divideIntoUnits(compiled, {
    folder,
    entries: new Set(sources),
    projectFiles,
    snapshot,
    compiler: manifest === undefined ? [] : [manifest],
  });
}

/** The sources whose units have another source in common, compiled apart at some earlier time: there would be two instances of it. */
function entangled(units: ReadonlyMap<string, Unit>): string[] {
  const owners = new Map<string, string>();
  const apart = new Set<string>();
  for (const { id, outputs } of units.values()) {
    for (const { source } of outputs) {
      const owner = owners.get(source) ?? id;
      owners.set(source, owner);
      if (owner !== id) {
        apart.add(id).add(owner);
      }
    }
  }
  return [...units].filter(([, { id }]) => apart.has(id)).map(([source]) => source);
}

function writableFolder(cache: string | null): string | undefined {
  if (cache === null) {
    return undefined;
  }
  try {
    mkdirSync(cache, { recursive: true });
    accessSync(cache, constants.W_OK);
    return cache;
  } catch {
    return undefined;
  }
}
