import type { ImportKind } from "esbuild";
import { pathToFileURL } from "node:url";
import { NEIGHBOUR, STATED } from "./module-form.js";

/** An import, as it is in the source. */
export interface Asked {
  readonly specifier: string;
  readonly kind: ImportKind;
}

/** What compiled text says in place of an import's specifier. */
export interface LinkPrinter {
  /** For another compiled file. */
  readonly neighbour: (asked: Asked, source: string) => string;
  /** For a file that Node loads from where it lies; `suffix` is what follows a path in a URL. */
  readonly file: (asked: Asked, path: string, suffix: string) => string;
  /** For what is not found. `nowhere` is a path where nothing is. */
  readonly missing: (asked: Asked, nowhere: string) => string;
  /** For a module of Node's own. */
  readonly builtin: (asked: Asked) => string;
}

/** For text that runs here: everything by the path that it was found at, so that nothing is looked for again. */
export const RESOLVED: LinkPrinter = {
  neighbour: ({ kind }, source) => stated(kind, NEIGHBOUR + source),
  file: ({ kind }, path, suffix) => (isRequire(kind) ? path : stated(kind, pathToFileURL(path).href + suffix)),
  missing: ({ kind, specifier }, nowhere) => (isRequire(kind) ? specifier : stated(kind, pathToFileURL(nowhere).href)),
  builtin: ({ kind, specifier }) => stated(kind, specifier),
};

/** For text that runs elsewhere: packages by the names that they have in the source, neighbours by the names that `nameOf` gives. */
export function portable(nameOf: (source: string) => string): LinkPrinter {
  const asWritten = ({ kind, specifier }: Asked): string => stated(kind, specifier);
  return { neighbour: ({ kind }, source) => stated(kind, NEIGHBOUR + nameOf(source)), file: asWritten, missing: asWritten, builtin: asWritten };
}

function stated(kind: ImportKind, printed: string): string {
  return kind === "import-statement" ? STATED + printed : printed;
}

function isRequire(kind: ImportKind): boolean {
  return kind === "require-call" || kind === "require-resolve";
}
