import type { BuildFailure, BuildOptions, BuildResult, Metafile } from "esbuild";
import { dirname, extname, resolve } from "node:path";
import { followComputedImports, isCompiledWhenMatched } from "./computed-import.js";
import { isBuildFailure, startEsbuild } from "./esbuild.js";
import { type Link, importPlugin } from "./import-plugin.js";
import { EXTENSIONS, type ModuleFormat } from "./module-format.js";
import { outputName } from "./output-name.js";
import { PLACE_NAMES, preamble } from "./preamble.js";
import type { ProjectFiles } from "./project-files.js";
import type { Snapshot } from "./snapshot.js";
import { finishText } from "./source-map.js";

/** One source file, compiled: its imports lead to compiled neighbours and to packages, whatever folder it lies in. */
export interface CompiledModule {
  readonly source: string;
  /** The compiled file's name and text, with `UNIT_PLACEHOLDER` where the unit's id goes. */
  readonly name: string;
  readonly text: string;
  /** The user's files that it imports in any way, and those of them that it sees through a facade. */
  readonly neighbours: readonly string[];
  readonly facades: readonly string[];
  /** Those that it imports by import or export statements. */
  readonly stated: readonly string[];
  /** Whether it may import a neighbour after it has been run. */
  readonly later: boolean;
  /** What went into it: the source itself, and JSON. */
  readonly reads: readonly string[];
  /** Packages' files that it imports, and the specifiers that lead nowhere. */
  readonly files: readonly string[];
  readonly missing: readonly string[];
  /** Names that would change what its imports lead to, if there were such files. */
  readonly absent: readonly string[];
}

export interface CompileOptions {
  /** The project's folder. */
  readonly root: string;
  /** Where compiled files will lie. */
  readonly folder: string;
  readonly snapshot: Snapshot;
  readonly projectFiles: (folder: string) => ProjectFiles;
}

export interface CompiledGroup {
  readonly modules: readonly CompiledModule[];
  /** The files that need the other format: they await at top level, or export as CommonJS does. */
  readonly misjudged: readonly string[];
}

type Built = BuildResult<{ write: false; metafile: true }>;

/** Compiles files to one format. `formatOf` tells the format of any other file that they import. */
export async function compileGroup(
  sources: readonly string[],
  format: ModuleFormat,
  formatOf: (source: string) => ModuleFormat,
  options: CompileOptions,
): Promise<CompiledGroup> {
  if (sources.length === 0) {
    return { modules: [], misjudged: [] };
  }
  const links = new Map<string, Link>();
  const absent = new Map<string, readonly string[]>();
  const plugin = importPlugin({
    sources: new Set(sources),
    format,
    folder: options.folder,
    snapshot: options.snapshot,
    formatOf,
    scopeOf: (path) => options.projectFiles(dirname(path)).scope,
    onLink: (printed, link) => links.set(printed, link),
    onAbsent: (importer, paths) => absent.set(importer, [...(absent.get(importer) ?? []), ...paths]),
  });
  const { build } = await startEsbuild();
  let result: Built;
  try {
    result = await build({ ...buildOptions(sources, format, options), plugins: [plugin] });
  } catch (error) {
    const awaiting = format === "cjs" && isBuildFailure(error) ? awaitingFiles(error) : [];
    if (awaiting.length === 0) {
      throw error;
    }
    return { modules: [], misjudged: awaiting };
  }
  const { inputs } = result.metafile;
  const misjudged = format === "esm" ? sources.filter((source) => inputs[source]?.format === "cjs") : [];
  return { modules: assemble(result, { format, links, absent }), misjudged };
}

function awaitingFiles({ errors }: BuildFailure): readonly string[] {
  return errors.flatMap(({ text, location }) => (text.startsWith("Top-level await") && location !== null ? location.file : []));
}

function buildOptions(sources: readonly string[], format: ModuleFormat, { root, folder }: CompileOptions) {
  return {
    absWorkingDir: root,
    absPaths: ["metafile", "log"],
    entryPoints: sources.map((source, at) => ({ in: source, out: String(at) })),
    outdir: folder,
    write: false,
    metafile: true,
    logLevel: "silent",
    bundle: true,
    format,
    platform: "node",
    // The oldest Node that gmig runs on, so that what is cached serves every one.
    target: "node20.19",
    charset: "utf8",
    legalComments: "none",
    sourcemap: "external",
    sourcesContent: false,
    resolveExtensions: [...EXTENSIONS],
    mainFields: ["main"],
    conditions: ["node-addons", "module-sync"],
    define: { ...PLACE_NAMES[format] },
  } satisfies BuildOptions;
}

interface Resolved {
  readonly format: ModuleFormat;
  readonly links: ReadonlyMap<string, Link>;
  readonly absent: ReadonlyMap<string, readonly string[]>;
}

function assemble({ outputFiles, metafile }: Built, { format, links, absent }: Resolved): readonly CompiledModule[] {
  const texts = new Map(outputFiles.map((file) => [file.path, file.text]));
  return Object.entries(metafile.outputs).flatMap(([path, output]) => {
    const source = output.entryPoint;
    if (source === undefined) {
      return [];
    }
    const text = followComputedImports(texts.get(path) ?? "");
    const { mappings } = JSON.parse(texts.get(`${path}.map`) ?? '{"mappings":""}') as { mappings: string };
    const found = output.imports.flatMap((entry) => links.get(entry.path) ?? []);
    const computed = matches(source, output, metafile);
    const statements = metafile.inputs[source]?.imports.filter(({ kind }) => kind === "import-statement").map((entry) => links.get(entry.path));
    return {
      source,
      name: outputName(source, format),
      text: finishText(text, preamble(source, format, text), mappings, source),
      neighbours: [...found.flatMap((link) => (link.to === "module" ? link.source : [])), ...computed.neighbours],
      facades: found.flatMap((link) => (link.to === "module" && link.facade ? link.source : [])),
      stated: (statements ?? []).flatMap((link) => (link?.to === "module" ? link.source : [])),
      later: computed.neighbours.length > 0 || found.some((link) => link.to === "module" && link.later),
      reads: [source, ...computed.reads],
      files: found.flatMap((link) => (link.to === "file" ? link.path : [])),
      missing: found.flatMap((link) => (link.to === "missing" ? link.specifier : [])),
      absent: absent.get(source) ?? [],
    };
  });
}

/** What went into a compiled file beside its source: JSON, and what its computed imports match, as do other files that appear in the same folders. */
function matches(source: string, output: Metafile["outputs"][string], { inputs }: Metafile) {
  const others = Object.keys(output.inputs).filter((path) => path !== source);
  const matched = others.filter((path) => extname(path) !== ".json");
  const patterns = (inputs[source]?.imports ?? []).flatMap(({ path }) => /^\.{1,2}\/[^*]*\*/.exec(path)?.[0] ?? []);
  const folders = patterns.map((pattern) => dirname(resolve(dirname(source), pattern)));
  return {
    neighbours: matched.filter(isCompiledWhenMatched),
    reads: [...others.filter((path) => extname(path) === ".json"), ...folders, ...(patterns.length > 0 ? others.map((path) => dirname(path)) : [])],
  };
}
