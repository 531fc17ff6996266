import { accessSync, constants, mkdirSync } from "node:fs";
import { type LoadErrorOptions, compileError } from "./compile-error.js";
import type { CompileOptions, CompiledModule } from "./compile-group.js";
import { compileModules } from "./compile-modules.js";
import { entangled } from "./entangled.js";
import { esbuildManifest, isBuildFailure, startError } from "./esbuild.js";
import { keepUnits } from "./keep-units.js";
import { RESOLVED } from "./link-printer.js";
import { overlaidSources } from "./overlaid-sources.js";
import type { PrepareOptions } from "./prepare-units.js";
import { projectFilesReader } from "./project-files.js";
import { sweepStore } from "./sweep-store.js";
import { type Unit, divideIntoUnits } from "./unit.js";

/**
 * Compiles sources, and then those whose units share a source but no instance of it, until there are none; sets them in `units`, and writes them to
 * the cache, unless there is none or nobody may write to it. Throws GmigError for what can't be compiled.
 */
export async function compileUnits(sources: readonly string[], units: Map<string, Unit>, options: PrepareOptions): Promise<void> {
  const { snapshot } = options;
  const folder = writable(options.cache);
  for (let waiting = sources; waiting.length > 0; waiting = entangled(units)) {
    const made = await compileTogether([...new Set(waiting)], options);
    if (folder !== undefined) {
      keepUnits(made, folder, snapshot);
    }
    made.forEach((unit) => unit.entries.forEach((source) => units.set(source, unit)));
  }
  if (folder !== undefined) {
    sweepStore(folder);
  }
}

async function compileTogether(sources: readonly string[], options: PrepareOptions): Promise<readonly Unit[]> {
  const { root, snapshot } = options;
  const projectFiles = projectFilesReader(snapshot);
  const overlaid = overlaidSources(snapshot.overlay, snapshot, projectFiles);
  const compiled = await compileOrExplain(sources, { root, snapshot, projectFiles, overlaid, printer: RESOLVED }, options);
  const manifest = esbuildManifest();
  const compiler = manifest === undefined ? [] : [manifest];
  return divideIntoUnits(compiled, { entries: new Set(sources), projectFiles, snapshot, compiler });
}

/** Compiles modules; what goes wrong is a GmigError. */
export async function compileOrExplain(sources: readonly string[], options: CompileOptions, naming: LoadErrorOptions): Promise<ReadonlyMap<string, CompiledModule>> {
  try {
    return await compileModules(sources, options);
  } catch (error) {
    throw isBuildFailure(error) ? compileError(error, naming) : startError(error);
  }
}

/** The cache, made when needed, if files can be written to it. */
function writable(cache: string | null): string | undefined {
  try {
    if (cache !== null) {
      mkdirSync(cache, { recursive: true });
      accessSync(cache, constants.W_OK);
    }
    return cache ?? undefined;
  } catch {
    return undefined;
  }
}
