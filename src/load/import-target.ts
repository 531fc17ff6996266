import { extname } from "node:path";
import { installedPackage, packageOf } from "./installed-package.js";
import { isCode, isTypeScript } from "./module-format.js";

/**
 * What an import leads to: a `module` of the user's that is compiled as well, `data` that goes into the importing file (JSON), or a `file`
 * that Node loads from where it lies: a package, a native addon.
 */
export type ImportTarget = "module" | "data" | "file";

export interface ResolvedImport {
  /** As written. */
  readonly specifier: string;
  readonly importer: string;
  /** Where the resolver found it, symbolic links followed. */
  readonly path: string;
  /** The name in the package.json above `path`. */
  readonly packageName: string | undefined;
}

/**
 * Decides what an import leads to. JavaScript of another package is left to Node, so that there is one instance of it, the one that other
 * packages get: by its place in node_modules, or by its name where a workspace is linked. TypeScript is compiled wherever it lies.
 */
export function importTarget({ specifier, importer, path, packageName }: ResolvedImport): ImportTarget {
  if (extname(path) === ".json") {
    return "data";
  }
  if (!isCode(path)) {
    return "file";
  }
  if (isTypeScript(path)) {
    return "module";
  }
  const elsewhere = installedPackage(path) !== installedPackage(importer);
  const named = packageName !== undefined && packageName === packageOf(specifier);
  return elsewhere || named ? "file" : "module";
}
