import { GmigError } from "../../errors.js";
import { loadNatively } from "../../load/load-natively.js";
import { loadModules } from "../../load/load-modules.js";
import { findModelFiles } from "./model-files.js";
import { findModels, type FoundModel } from "./find-models.js";

export interface LoadModelsOptions {
  /** The project's folder: patterns are relative to it. */
  readonly root: string;
  /** Where compiled files are kept; see LoadOptions of src/load. */
  readonly cache: string | null;
  /** Loaders of the project's own: where there are any, Node loads the models itself. */
  readonly register?: readonly string[];
}

export interface LoadedModels {
  readonly models: readonly FoundModel[];
  /** Every file that the models follow from. */
  readonly inputs: readonly string[];
}

/**
 * Loads the files that the patterns match and finds the model classes among their exports. The modules' own code runs: what they open, connections
 * say, stays open. MODEL_INVALID when a file can't be loaded or when there is no model at all.
 */
export async function loadModels(patterns: readonly string[], { root, cache, register = [] }: LoadModelsOptions): Promise<LoadedModels> {
  const files = findModelFiles(patterns, root);
  const options = { root, code: "MODEL_INVALID" as const };
  const modules = register.length > 0 ? await loadNatively(files, register, options) : await loadModules(files, { ...options, cache });
  const models = findModels(modules);
  if (models.length === 0) {
    throw new GmigError("MODEL_INVALID", `None of the ${files.length} files that ${patterns.join(", ")} matches exports an Objection model`, { data: { patterns, files } });
  }
  return { models, inputs: [...new Set([...new Set(modules.map(({ inputs }) => inputs))].flat())] };
}
