import type { ErrorCode } from "../errors.js";
import type { LoadErrorOptions } from "./compile-error.js";
import { prepareUnits } from "./prepare-units.js";
import { runModule } from "./run-module.js";
import { takeSnapshot } from "./snapshot.js";
import { sourcePaths } from "./source-paths.js";
import type { Unit } from "./unit.js";

/** How long modules run before others have their turn, in milliseconds. */
const TURN = 5;

export interface LoadOptions {
  /** The project's folder, by its absolute path: messages name files from there. */
  readonly root: string;
  /** The folder for compiled files, by its absolute path, made when needed. Where it is null or can't be written, nothing is kept. */
  readonly cache: string | null;
  /** The code of the errors thrown for what is wrong with the files; CONFIG_INVALID unless given. */
  readonly code?: ErrorCode;
  /** Texts by absolute path, taken in place of what is on disk, where there need not be anything: a file from another branch, say. */
  readonly overlay?: ReadonlyMap<string, string>;
}

export interface LoadedModule {
  /** The path as it was given. */
  readonly file: string;
  /** What an ES module exports, by name; for CommonJS the properties of `module.exports`, with the whole of it as `default`. */
  readonly exports: Readonly<Record<string, unknown>>;
  /** Every file that the module follows from: sources, JSON, package.json and tsconfig.json files, the compiler's own manifest. */
  readonly inputs: readonly string[];
}

/**
 * Loads the user's modules, TypeScript or JavaScript or JSON, by absolute paths, one after the other: one result per file, in order. What they import from each other and
 * from the project is compiled too, and one instance of it is shared by all files of a call; packages are imported from where they lie. A file
 * that has not changed since an earlier call is not run again, one that has is, and so is all that imports it. Between files, what else is
 * going on gets its turn.
 *
 * Throws GmigError of the given code, with the position in the user's file in `data`: for a syntax error, for an import that leads nowhere, and
 * with `cause` for whatever a module throws.
 */
export async function loadModules(files: readonly string[], options: LoadOptions): Promise<readonly LoadedModule[]> {
  const { root, cache, code = "CONFIG_INVALID", overlay } = options;
  const naming = { root, code };
  const pathOf = sourcePaths(naming, overlay);
  const snapshot = takeSnapshot(overlay === undefined ? undefined : new Map([...overlay].map(([path, text]) => [pathOf(path), text])));
  const sources = files.map(pathOf);
  const units = await prepareUnits(sources, { ...naming, cache, snapshot });
  const inputs = new Map([...new Set(units.values())].map((unit) => [unit, [...unit.reads, ...Object.keys(unit.surroundings.texts)]]));
  const loaded: LoadedModule[] = [];
  let turned = performance.now();
  for (const [at, source] of sources.entries()) {
    if (performance.now() - turned > TURN) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      turned = performance.now();
    }
    const unit = units.get(source)!;
    const forget = async (): Promise<void> => {
      if (cache !== null) {
        (await import("./keep-units.js")).forgetUnit(unit, cache, snapshot);
      }
    };
    const exports = await run(source, unit, forget, naming);
    loaded.push({ file: files[at]!, exports, inputs: inputs.get(unit)! });
  }
  return loaded;
}

async function run(source: string, unit: Unit, forget: () => Promise<void>, naming: LoadErrorOptions): Promise<LoadedModule["exports"]> {
  try {
    return await runModule(unit, source);
  } catch (thrown) {
    const { evaluationError, isModuleNotFound } = await import("./evaluation-error.js");
    if (isModuleNotFound(thrown)) {
      await forget();
    }
    throw evaluationError(thrown, source, unit, naming);
  }
}
