import type { BuildFailure, BuildOptions, BuildResult, Metafile } from "esbuild";
import { dirname } from "node:path";
import { isBuildFailure, startEsbuild } from "./esbuild.js";
import { EXTENSIONS, type Link, importPlugin } from "./import-plugin.js";
import type { ModuleFormat } from "./module-format.js";
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
    const text = texts.get(path) ?? "";
    const { mappings } = JSON.parse(texts.get(`${path}.map`) ?? '{"mappings":""}') as { mappings: string };
    return {
      source,
      name: outputName(source, format),
      text: finishText(text, preamble(source, format, text), mappings, source),
      ...leads(output, links),
      reads: Object.keys(output.inputs),
      absent: absent.get(source) ?? [],
    };
  });
}

function leads({ imports }: Metafile["outputs"][string], links: ReadonlyMap<string, Link>) {
  const found = imports.flatMap(({ path }) => links.get(path) ?? []);
  return {
    neighbours: found.flatMap((link) => (link.to === "module" ? link.source : [])),
    facades: found.flatMap((link) => (link.to === "module" && link.facade ? link.source : [])),
    later: found.some((link) => link.to === "module" && link.later),
    files: found.flatMap((link) => (link.to === "file" ? link.path : [])),
    missing: found.flatMap((link) => (link.to === "missing" ? link.specifier : [])),
  };
}
