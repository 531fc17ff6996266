import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { GmigError } from "../errors.js";
import type { LoadErrorOptions } from "./compile-error.js";
import type { LoadedModule } from "./load-modules.js";

async function importFile(path: string, { root, code }: LoadErrorOptions): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>;
  } catch (cause) {
    throw new GmigError(code, `${relative(root, path)} can't be loaded by Node with the registered loader: ${(cause as Error).message}`, { cause, data: { file: path } });
  }
}

/**
 * Loads modules by Node itself, after the loaders that a project registers: paths from its root, or packages. What they change of Node's way to load stays
 * so for the rest of the process. A file is loaded once in a process, also when it has changed.
 *
 * @throws GmigError of the given code, with `cause`.
 */
export async function loadNatively(files: readonly string[], register: readonly string[], options: LoadErrorOptions): Promise<readonly LoadedModule[]> {
  const resolveFrom = createRequire(join(options.root, "package.json"));
  for (const name of register) {
    let path: string;
    try {
      path = resolveFrom.resolve(name);
    } catch (cause) {
      throw new GmigError("CONFIG_INVALID", `The registered loader ${name} is not found`, { cause, hint: `npm install --save-dev ${name}`, data: { key: "register" } });
    }
    await importFile(path, { ...options, code: "CONFIG_INVALID" });
  }
  const loaded: LoadedModule[] = [];
  for (const file of files) loaded.push({ file, exports: await importFile(file, options), inputs: [file] });
  return loaded;
}
