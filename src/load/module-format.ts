/** What a file is: an ES module, whose imports are looked for as `import` does, or CommonJS, as `require` does. */
export type ModuleFormat = "esm" | "cjs";

/** The extensions tried for an import without one, TypeScript before the JavaScript that may be compiled beside it. */
export const EXTENSIONS: readonly string[] = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx", ".json"];

const CODE = /\.[cm]?[jt]sx?$/;

/** Whether the file is TypeScript or JavaScript by its name. */
export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** Whether the file is TypeScript by its name, which Node alone can't run everywhere. */
export function isTypeScript(path: string): boolean {
  return /\.[cm]?tsx?$/.test(path);
}

/**
 * The format that a file's extension decides (JSON is CommonJS: its value is the whole), else the `type` of the package.json above it. Without either it is CommonJS, as TypeScript and
 * Babel have it: import and export are understood in it all the same.
 */
export function formatOf(path: string, packageType: string | undefined): ModuleFormat {
  if (/\.m[jt]s$/.test(path)) {
    return "esm";
  }
  if (/\.(?:c[jt]s|json)$/.test(path)) {
    return "cjs";
  }
  return packageType === "module" ? "esm" : "cjs";
}
