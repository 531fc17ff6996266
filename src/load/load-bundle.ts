import { createRequire } from "node:module";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { GmigError } from "../errors.js";
import type { LoadErrorOptions } from "./compile-error.js";

type Evaluate = (exports: object, require: NodeJS.Require, module: { exports: object }, filename: string, folder: string) => void;

/**
 * Runs a text that `bundleModule` made and returns what it exports. Packages are found from the project's folder, as they are now.
 *
 * @throws GmigError of the given code, with `cause`, for whatever the text throws, a package that is not there among it.
 */
export function loadBundle(text: string, { root, code }: LoadErrorOptions): Readonly<Record<string, unknown>> {
  const filename = join(root, "gmig-bundle.cjs");
  const module = { exports: {} };
  try {
    const evaluate = compileFunction(text, ["exports", "require", "module", "__filename", "__dirname"], { filename }) as Evaluate;
    evaluate(module.exports, createRequire(filename), module, filename, root);
  } catch (cause) {
    throw new GmigError(code, `A revision from another branch can't be loaded: ${(cause as Error).message}`, { cause });
  }
  return module.exports;
}
