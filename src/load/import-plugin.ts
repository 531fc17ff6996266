import type { ImportKind, OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild, ResolveResult } from "esbuild";
import { dirname, extname, join, resolve } from "node:path";
import { isCompiledWhenMatched, signpost } from "./computed-import.js";
import { importTarget } from "./import-target.js";
import type { LinkPrinter } from "./link-printer.js";
import type { ModuleForm } from "./module-form.js";
import { NEIGHBOUR } from "./module-form.js";
import { EXTENSIONS, isTypeScript } from "./module-format.js";
import type { OverlaidSources } from "./overlaid-sources.js";
import type { PackageScope } from "./project-files.js";
import type { Snapshot } from "./snapshot.js";

/** Where an import leads that stays an import in compiled text. */
export type Link = { readonly to: "module"; readonly source: string } | { readonly to: "file"; readonly path: string } | { readonly to: "missing" };

export interface FoundImport {
  readonly importer: string;
  readonly kind: ImportKind;
  readonly specifier: string;
  /** As it is in compiled text. */
  readonly printed: string;
  readonly link: Link;
}

export interface ImportPluginOptions {
  /** The files being compiled. Any other that esbuild asks for, JSON aside, is one that a computed import matches. */
  readonly sources: ReadonlySet<string>;
  /** These and the files that are compiled before and after them. */
  readonly together: ReadonlySet<string>;
  readonly formOf: (source: string) => ModuleForm;
  readonly scopeOf: (path: string) => PackageScope | undefined;
  readonly snapshot: Snapshot;
  readonly overlaid: OverlaidSources;
  readonly printer: LinkPrinter;
  readonly onImport: (found: FoundImport) => void;
  /** Called with names that would change what one of the importer's imports leads to, if there were such files. */
  readonly onAbsent: (importer: string, paths: readonly string[]) => void;
}

const ASKED_BY_US = Symbol("resolved by esbuild alone");

/** Leaves every import of compiled text an import, and makes each lead to its place for good: to a compiled neighbour, a package's file, or nowhere. */
export function importPlugin(options: ImportPluginOptions): Plugin {
  return {
    name: "gmig",
    setup: (build) => {
      const answers: Answers = new Map();
      build.onResolve({ filter: /.*/ }, (args) => resolveImport(args, build, answers, options));
      build.onLoad({ filter: /.*/, namespace: "file" }, ({ path }) => load(path, options));
    },
  };
}

function load(path: string, { snapshot, sources, overlaid }: ImportPluginOptions): OnLoadResult | Promise<OnLoadResult> | undefined {
  const text = snapshot.read(path);
  if (text === undefined) {
    return undefined;
  }
  const loader = loaderOf(path);
  if (!sources.has(path) && loader !== "json") {
    return { contents: signpost(isCompiledWhenMatched(path) ? NEIGHBOUR + path : path), loader: "text" };
  }
  return overlaid.load(path) ?? { contents: text, loader };
}

async function resolveImport(args: OnResolveArgs, build: PluginBuild, answers: Answers, options: ImportPluginOptions): Promise<OnResolveResult | undefined> {
  if (args.pluginData === ASKED_BY_US) {
    return undefined;
  }
  const { overlaid } = options;
  // What a plugin resolves is compiled without its tsconfig.json, so esbuild finds the files to compile itself, if they are there.
  if (args.kind === "entry-point") {
    return overlaid.isNowhere(args.path) ? { path: args.path, namespace: "file" } : undefined;
  }
  const target = isBare(args.path) ? undefined : resolve(dirname(args.importer), args.path);
  const inPlace = target === undefined ? undefined : (overlaid.find(target) ?? amongSources(target, args.importer, options));
  const asked = (): Promise<Found> => (target === undefined ? lookUpOnce(args, build, answers, options) : lookUp(args, target, build, options));
  const found = inPlace === undefined ? await asked() : { path: inPlace, suffix: "", external: false, errors: [] };
  if (found.errors.length > 0) {
    return target === undefined ? missing(args, options) : undefined;
  }
  if (found.external) {
    return { path: options.printer.builtin({ specifier: found.path, kind: printedAs(args, options) }), external: true };
  }
  if (target !== undefined) {
    options.onAbsent(args.importer, shadows(target, found.path, options.snapshot));
  }
  return lead(args, found, options);
}

/**
 * The source that a path leads to, where that is plain: it is the file itself, or its TypeScript with nothing before it. For each question esbuild reads
 * folders anew, which among 2,000 neighbours takes seconds.
 */
function amongSources(target: string, importer: string, { together, snapshot }: ImportPluginOptions): string | undefined {
  if (together.has(target)) {
    return target;
  }
  const typed = isTypeScript(importer) && target.endsWith(".js") ? `${target.slice(0, -2)}ts` : undefined;
  if (typed === undefined || !together.has(typed)) {
    return undefined;
  }
  return ["", ...EXTENSIONS].some((extension) => snapshot.exists(target + extension)) ? undefined : typed;
}

type Found = Pick<ResolveResult, "path" | "suffix" | "external" | "errors">;

/** What esbuild said of bare specifiers, by the folder that they were asked from and how. */
type Answers = Map<string, Promise<Found>>;

/** A package leads to one place for all files of a folder. */
function lookUpOnce(args: OnResolveArgs, build: PluginBuild, answers: Answers, options: ImportPluginOptions): Promise<Found> {
  const key = JSON.stringify([args.path, args.resolveDir, args.namespace, printedAs(args, options), args.with]);
  const answer = answers.get(key) ?? lookUp(args, undefined, build, options);
  answers.set(key, answer);
  return answer;
}

async function lookUp(args: OnResolveArgs, target: string | undefined, build: PluginBuild, options: ImportPluginOptions): Promise<Found> {
  const { importer, namespace, with: attributes, path } = args;
  // gmig itself is one whichever way it is asked for, and require loads it sooner.
  const kind = path === "gmig" && args.kind === "import-statement" ? "require-call" : printedAs(args, options);
  const resolveDir = options.overlaid.folderFor(args.resolveDir);
  const asked = target === undefined || resolveDir === args.resolveDir ? path : target;
  return build.resolve(asked, { kind, importer, resolveDir, namespace, with: attributes, pluginData: ASKED_BY_US });
}

/** In CommonJS an import statement becomes a call of require, so the package must be the one that require finds. */
function printedAs({ kind, importer }: OnResolveArgs, { formOf }: ImportPluginOptions): ImportKind {
  return kind === "import-statement" && formOf(importer) === "cjs" ? "require-call" : kind;
}

function lead(args: OnResolveArgs, found: Found, options: ImportPluginOptions): OnResolveResult {
  const { path: specifier, importer } = args;
  const kind = printedAs(args, options);
  const resolved = { specifier, importer, path: found.path, packageName: options.scopeOf(found.path)?.name };
  const target = kind === "require-resolve" ? "file" : importTarget(resolved);
  switch (target) {
    case "data":
      return { path: found.path };
    case "file":
      return leave(args, options.printer.file({ specifier, kind }, found.path, found.suffix), { to: "file", path: found.path }, options);
    case "module":
      return leave(args, options.printer.neighbour({ specifier, kind }, found.path), { to: "module", source: found.path }, options);
  }
}

/** A package that isn't there fails where it is imported and when that is reached: code may well catch it. */
function missing(args: OnResolveArgs, options: ImportPluginOptions): OnResolveResult {
  const nowhere = join(dirname(args.importer), "node_modules", ".missing", args.path);
  const printed = options.printer.missing({ specifier: args.path, kind: printedAs(args, options) }, nowhere);
  return leave(args, printed, { to: "missing" }, options);
}

function leave({ importer, path: specifier, kind }: OnResolveArgs, printed: string, link: Link, options: ImportPluginOptions): OnResolveResult {
  options.onImport({ importer, specifier, kind, printed, link });
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
