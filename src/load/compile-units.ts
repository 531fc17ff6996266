import { accessSync, constants, mkdirSync } from "node:fs";
import { type LoadErrorOptions, compileError } from "./compile-error.js";
import type { CompileOptions, CompiledModule } from "./compile-group.js";
import { compileModules } from "./compile-modules.js";
import { entangled } from "./entangled.js";
import { esbuildManifest, isBuildFailure, startError } from "./esbuild.js";
import { keepUnits } from "./keep-units.js";
import type { PrepareOptions } from "./prepare-units.js";
import { projectFilesReader } from "./project-files.js";
import { sweepStore } from "./sweep-store.js";
import { makeTemporaryFolder, removeFolder } from "./temporary-folder.js";
import type { TemporaryUnits } from "./temporary-units.js";
import { type Unit, type WrittenUnit, divideIntoUnits } from "./unit.js";

/**
 * Compiles sources, and then those whose units share a source but no instance of it, until there are none; sets them in `units`, and writes them to
 * the cache, or to a temporary folder where there is none or nobody may write to it. Throws GmigError for what can't be compiled.
 */
export async function compileUnits(sources: readonly string[], units: Map<string, Unit>, options: PrepareOptions): Promise<TemporaryUnits | undefined> {
  const folder = writable(options.cache) ?? makeTemporaryFolder();
  const written: WrittenUnit[] = [];
  try {
    for (let waiting = sources; waiting.length > 0; waiting = entangled(units)) {
      const made = await compileTogether([...new Set(waiting)], folder, options);
      keepUnits(made, options.snapshot);
      made.forEach(({ unit }) => Object.keys(unit.entries).forEach((source) => units.set(source, unit)));
      written.push(...made);
    }
  } catch (error) {
    if (folder !== options.cache) {
      removeFolder(folder);
    }
    throw error;
  }
  if (folder !== options.cache) {
    return { folder, written };
  }
  sweepStore(folder);
  return undefined;
}

async function compileTogether(sources: readonly string[], folder: string, options: PrepareOptions): Promise<readonly WrittenUnit[]> {
  const { root, snapshot } = options;
  const projectFiles = projectFilesReader(snapshot);
  const compiled = await compileOrExplain(sources, { root, folder, snapshot, projectFiles }, options);
  const manifest = esbuildManifest();
  const compiler = manifest === undefined ? [] : [manifest];
  return divideIntoUnits(compiled, { folder, entries: new Set(sources), projectFiles, snapshot, compiler });
}

async function compileOrExplain(
  sources: readonly string[],
  options: CompileOptions,
  naming: LoadErrorOptions,
): Promise<ReadonlyMap<string, CompiledModule>> {
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
