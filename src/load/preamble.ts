import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type { ModuleFormat } from "./module-format.js";

const FILENAME = "__gmig_filename";
const DIRNAME = "__gmig_dirname";
const META = "__gmig_meta";

/** What stands in compiled text for the names that belong to the source's place. CommonJS has no `import.meta`, so a variable stands for it there. */
export const PLACE_NAMES: Readonly<Record<ModuleFormat, Readonly<Record<string, string>>>> = {
  esm: { ["__filename"]: FILENAME, ["__dirname"]: DIRNAME },
  cjs: { ["__filename"]: FILENAME, ["__dirname"]: DIRNAME, "import.meta": META },
};

/**
 * One line of code that gives a compiled file the place of its source: `__filename`, `__dirname`, `require` and `import.meta`, each only where
 * the compiled text speaks of it. Empty where it speaks of none.
 */
export function preamble(source: string, format: ModuleFormat, text: string): string {
  const filename = JSON.stringify(source);
  const parts: string[] = [];
  if (text.includes(FILENAME)) {
    parts.push(`var ${FILENAME} = ${filename};`);
  }
  if (text.includes(DIRNAME)) {
    parts.push(`var ${DIRNAME} = ${JSON.stringify(dirname(source))};`);
  }
  const meta = text.includes(format === "esm" ? "import.meta" : META);
  if (format === "cjs") {
    if (meta) {
      parts.push(`var ${META} = ${metaProperties(source, `require("node:module").createRequire(${filename})`)};`);
    }
    if (/\brequire\b/.test(text)) {
      parts.push(`require = require("node:module").createRequire(${filename});`);
    }
    return parts.join(" ");
  }
  // esbuild's own stand-in for require is the only thing in ES module output that asks for a global of that name, and then no declaration has it.
  const requires = text.includes('typeof require !== "undefined" ? require :') || text.includes(" require(path) : found instanceof Promise");
  if (meta || requires) {
    parts.push(`import { createRequire as __gmig_createRequire } from "node:module"; var __gmig_require = __gmig_createRequire(${filename});`);
  }
  if (meta) {
    parts.push(`Object.assign(import.meta, ${metaProperties(source, "__gmig_require")});`);
  }
  if (requires) {
    parts.push("var require = __gmig_require;");
  }
  return parts.join(" ");
}

function metaProperties(source: string, require: string): string {
  const url = JSON.stringify(pathToFileURL(source).href);
  const resolve =
    `(name) => { if (/^(?:\\.{0,2}\\/|[a-z][a-z\\d+.-]+:)/i.test(name)) return new URL(name, ${url}).href; ` +
    `const path = ${require}.resolve(name); return path === name ? "node:" + name : ${require}("node:url").pathToFileURL(path).href; }`;
  return `{ url: ${url}, filename: ${JSON.stringify(source)}, dirname: ${JSON.stringify(dirname(source))}, resolve: ${resolve} }`;
}
