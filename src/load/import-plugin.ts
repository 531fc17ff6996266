import type { ImportKind, OnResolveArgs, OnResolveResult, Plugin, PluginBuild, ResolveResult } from "esbuild";
import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isCompiledWhenMatched, signpost } from "./computed-import.js";
import { importTarget } from "./import-target.js";
import { EXTENSIONS, type ModuleFormat } from "./module-format.js";
import { facadeName, outputName } from "./output-name.js";
import type { PackageScope } from "./project-files.js";
import type { Snapshot } from "./snapshot.js";

/** Where an import that stays an import in compiled text leads. One by `import()` is followed `later`, if ever. */
export type Link =
  | { readonly to: "module"; readonly source: string; readonly facade: boolean; readonly later: boolean }
  | { readonly to: "file"; readonly path: string }
  | { readonly to: "missing"; readonly specifier: string };

export interface ImportPluginOptions {
  /** The files being compiled. Any other that esbuild asks for, JSON aside, is one that a computed import matches. */
  readonly sources: ReadonlySet<string>;
  readonly format: ModuleFormat;
  /** Where compiled files will lie. */
  readonly folder: string;
  readonly formatOf: (source: string) => ModuleFormat;
  readonly scopeOf: (path: string) => PackageScope | undefined;
  readonly snapshot: Snapshot;
  /** Called with the import as it is printed in compiled text. */
  readonly onLink: (printed: string, link: Link) => void;
  /** Called with names that would change what one of the importer's imports leads to, if there were such files. */
  readonly onAbsent: (importer: string, paths: readonly string[]) => void;
}

const ASKED_BY_US = Symbol("resolved by esbuild alone");

/** Leaves every import of compiled text an import, and makes each lead to its place for good: to a compiled neighbour, a package's file, or nowhere. */
export function importPlugin(options: ImportPluginOptions): Plugin {
  return {
    name: "gmig",
    setup: (build) => {
      build.onResolve({ filter: /.*/ }, (args) => resolveImport(args, build, options));
      build.onLoad({ filter: /.*/, namespace: "file" }, ({ path }) => {
        const text = options.snapshot.read(path);
        if (text === undefined) {
          return undefined;
        }
        const loader = loaderOf(path);
        return options.sources.has(path) || loader === "json" ? { contents: text, loader } : { contents: signpost(matched(path, options)), loader: "text" };
      });
    },
  };
}

/** Where a file that a computed import matches is loaded from. */
function matched(path: string, options: ImportPluginOptions): string {
  return isCompiledWhenMatched(path) ? join(options.folder, outputName(path, options.formatOf(path))) : path;
}

async function resolveImport(args: OnResolveArgs, build: PluginBuild, options: ImportPluginOptions): Promise<OnResolveResult | undefined> {
  // What a plugin resolves is compiled without its tsconfig.json, so esbuild finds the files to compile itself.
  if (args.kind === "entry-point" || args.pluginData === ASKED_BY_US) {
    return undefined;
  }
  // In CommonJS an import statement becomes a call of require, so the package must be the one that require finds.
  const kind = options.format === "cjs" && args.kind === "import-statement" ? "require-call" : args.kind;
  const { importer, resolveDir, with: attributes } = args;
  const found = await build.resolve(args.path, { kind, importer, resolveDir, namespace: args.namespace, with: attributes, pluginData: ASKED_BY_US });
  if (found.errors.length > 0) {
    return isBare(args.path) ? missing(args.path, kind, importer, options) : undefined;
  }
  if (found.external) {
    return { path: found.path, external: true };
  }
  if (!isBare(args.path)) {
    options.onAbsent(importer, shadows(resolve(resolveDir, args.path), found.path, options.snapshot));
  }
  return lead(args, kind, found, options);
}

function lead(args: OnResolveArgs, kind: ImportKind, found: ResolveResult, options: ImportPluginOptions): OnResolveResult {
  const resolved = { specifier: args.path, importer: args.importer, path: found.path, packageName: options.scopeOf(found.path)?.name };
  const target = kind === "require-resolve" ? "file" : importTarget(resolved);
  if (target === "data") {
    return { path: found.path };
  }
  if (target === "file") {
    const printed = kind === "require-call" || kind === "require-resolve" ? found.path : pathToFileURL(found.path).href + found.suffix;
    return leave(printed, { to: "file", path: found.path }, options);
  }
  const name = outputName(found.path, options.formatOf(found.path));
  if (kind === "require-call") {
    return leave(join(options.folder, name), { to: "module", source: found.path, facade: false, later: false }, options);
  }
  const later = kind === "dynamic-import";
  const facade = later && options.format === "cjs" && name.endsWith(".cjs");
  return leave(`./${facade ? facadeName(name) : name}`, { to: "module", source: found.path, facade, later }, options);
}

/** A package that isn't there fails where it is imported and when that is reached: code may well catch it. */
function missing(specifier: string, kind: ImportKind, importer: string, options: ImportPluginOptions): OnResolveResult {
  const nowhere = join(dirname(importer), "node_modules", ".missing", specifier);
  const printed = kind === "require-call" || kind === "require-resolve" ? specifier : pathToFileURL(nowhere).href;
  return leave(printed, { to: "missing", specifier }, options);
}

function leave(printed: string, link: Link, options: ImportPluginOptions): OnResolveResult {
  options.onLink(printed, link);
  return { path: printed, external: true };
}

function isBare(specifier: string): boolean {
  return !/^(?:\.{1,2}(?:[\\/]|$)|[\\/]|[A-Za-z]:[\\/])/.test(specifier);
}

/** The names that would be found before `found`, if files of those names appeared. */
function shadows(asked: string, found: string, snapshot: Snapshot): readonly string[] {
  const names = ["", ...EXTENSIONS].map((extension) => asked + extension);
  const within = EXTENSIONS.map((extension) => join(asked, `index${extension}`));
  const all = found.startsWith(asked) ? [...names, ...within] : names;
  const at = all.indexOf(found);
  return all.slice(0, at === -1 ? all.length : at).filter((path) => !snapshot.exists(path));
}

function loaderOf(path: string): "ts" | "tsx" | "js" | "jsx" | "json" {
  switch (extname(path)) {
    case ".ts":
    case ".mts":
    case ".cts":
      return "ts";
    case ".tsx":
      return "tsx";
    case ".jsx":
      return "jsx";
    case ".json":
      return "json";
    default:
      return "js";
  }
}
