import { realpathSync } from "node:fs";
import { relative } from "node:path";
import { type ErrorCode, GmigError } from "../errors.js";
import type { LoadErrorOptions } from "./compile-error.js";
import { evaluate } from "./evaluate.js";
import { prepareUnits } from "./prepare-units.js";
import { type Snapshot, takeSnapshot } from "./snapshot.js";
import type { Unit } from "./unit.js";
import { forgetUnit } from "./unit-record.js";

export interface LoadOptions {
  /** The project's folder, by its absolute path: messages name files from there. */
  readonly root: string;
  /** The folder for compiled files, by its absolute path, made when needed. Where it is null or can't be written, compiled files go to a private temporary folder. */
  readonly cache: string | null;
  /** The code of the errors thrown for what is wrong with the files; CONFIG_INVALID unless given. */
  readonly code?: ErrorCode;
}

export interface LoadedModule {
  /** The path as it was given. */
  readonly file: string;
  /** An ES module's namespace; for CommonJS the properties of `module.exports`, with the whole of it as `default`. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** Every file that the module follows from: sources, JSON, package.json and tsconfig.json files, the compiler's own manifest. */
  readonly inputs: readonly string[];
}

/**
 * Loads the user's modules, TypeScript or JavaScript or JSON, by absolute paths, one after the other: one result per file, in order. What they import from each other and
 * from the project is compiled too, and one instance of it is shared by all files of a call; packages are imported from where they lie. A file
 * that has not changed since an earlier call is not run again, one that has is, and so is all that imports it.
 *
 * Throws GmigError of the given code, with the position in the user's file in `data`: for a syntax error, for an import that leads nowhere, and
 * with `cause` for whatever a module throws.
 */
export async function loadModules(files: readonly string[], options: LoadOptions): Promise<readonly LoadedModule[]> {
  const { root, cache, code = "CONFIG_INVALID" } = options;
  const snapshot = takeSnapshot();
  const sources = files.map((file) => realPath(file, { root, code }));
  const { units, temporary } = await prepareUnits(sources, { root, code, cache, snapshot });
  const loaded: LoadedModule[] = [];
  try {
    for (const [at, source] of sources.entries()) {
      const unit = units.get(source)!;
      const exports = await run(source, unit, snapshot, { root, code });
      loaded.push({ file: files[at]!, exports, inputs: Object.keys({ ...unit.reads, ...unit.surroundings.texts }) });
    }
  } finally {
    if (temporary !== undefined) {
      const { leaveTemporaryUnits } = await import("./temporary-units.js");
      // After a failure nobody holds a module that could still import another.
      leaveTemporaryUnits(temporary, loaded.length === sources.length);
    }
  }
  return loaded;
}

function realPath(file: string, { root, code }: LoadErrorOptions): string {
  let path: string;
  try {
    path = realpathSync(file);
  } catch (cause) {
    throw new GmigError(code, `${relative(root, file)} can't be read`, { data: { file }, cause });
  }
  // To esbuild that is a pattern.
  if (path.includes("*")) {
    throw new GmigError(code, `${relative(root, file)} can't be loaded: there is a * in its path`, { data: { file } });
  }
  return path;
}

async function run(source: string, unit: Unit, snapshot: Snapshot, naming: LoadErrorOptions): Promise<LoadedModule["exports"]> {
  try {
    return await evaluate(source, unit);
  } catch (thrown) {
    const { evaluationError, isModuleNotFound } = await import("./evaluation-error.js");
    if (isModuleNotFound(thrown)) {
      forgetUnit(unit, snapshot);
    }
    throw evaluationError(thrown, source, unit, naming);
  }
}
