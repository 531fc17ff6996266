import { basename } from "node:path";
import { fingerprint } from "./fingerprint.js";
import type { ModuleFormat } from "./module-format.js";

/** Stands in compiled text for the unit's id, which is not known before all of its text is. As long as an id, so that source maps keep their columns. */
export const UNIT_PLACEHOLDER = "0unit0to0be0set0";

/** The name of a source file's compiled file: unique for its path, legible in a stack, and free of characters that mean something in a URL. */
export function outputName(source: string, format: ModuleFormat): string {
  const legible = basename(source).replace(/\.[^.]*$/, "").replace(/[^\w.-]/g, "_").slice(0, 60);
  return `${UNIT_PLACEHOLDER}-${legible}-${fingerprint(source).slice(0, 8)}.${format === "esm" ? "mjs" : "cjs"}`;
}

/** The name of the ES module through which `import()` in a CommonJS file sees a compiled CommonJS file as TypeScript would have it. */
export function facadeName(name: string): string {
  return name.replace(/\.cjs$/, ".import.mjs");
}

/** Whether a file of that name was compiled here. */
export function isOutputName(name: string): boolean {
  return /^[0-9a-f]{16}-[\w.-]*-[0-9a-f]{8}(?:\.import)?\.[cm]js$/.test(name);
}

/** The facade's text: the named exports, and as default what the source exports as default. */
export function facadeText(name: string): string {
  return `import m from "./${name}";\nexport * from "./${name}";\nexport default m && m.__esModule && "default" in m ? m.default : m;\n`;
}
