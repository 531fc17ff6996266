import type { ModuleFormat } from "./module-format.js";

/**
 * How a file runs: as a function in the way of CommonJS, whose imports are calls of require (`cjs`); as a function whose imports are those of an ES
 * module (`esm`); or as the same one that may await at top level (`async`).
 */
export type ModuleForm = ModuleFormat | "async";

/** What compiled text calls the things that belong to the source's place, and what links it. Parameters of the function that it is the body of. */
export const FILENAME = "__gmig_filename";
export const DIRNAME = "__gmig_dirname";
export const META = "__gmig_meta";
/** Imports by a statement, in a function that awaits. */
export const AWAITED = "__gmig_import";
/** Imports a neighbour by `import()`: as long as that word, so that source maps keep their columns. */
export const LATER = "$gmig$";

/** Begins what a compiled import of a neighbour says, before the neighbour's name. */
export const NEIGHBOUR = "gmig:";
/** Begins what a compiled import statement says, where it is not a call of require in the source. */
export const STATED = "import:";

/** esbuild's helpers that every function gets, instead of holding them itself: 1,000 copies take 80 ms. */
export const HELPERS = [
  "__create",
  "__defProp",
  "__name",
  "__getOwnPropDesc",
  "__getOwnPropNames",
  "__getProtoOf",
  "__hasOwnProp",
  "__export",
  "__copyProps",
  "__reExport",
  "__toESM",
  "__toCommonJS",
] as const;

/** The names of the function's parameters. */
export const PARAMETERS: readonly string[] = ["exports", "require", "module", FILENAME, DIRNAME, META, AWAITED, LATER, ...HELPERS];
