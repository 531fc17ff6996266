import type { BuildFailure, BuildOptions, BuildResult, Metafile } from "esbuild";
import { dirname, extname, resolve } from "node:path";
import { followComputedImports, isCompiledWhenMatched } from "./computed-import.js";
import { isBuildFailure, startEsbuild } from "./esbuild.js";
import { functionBody } from "./function-body.js";
import { type FoundImport, importPlugin } from "./import-plugin.js";
import { namesTaken } from "./names-taken.js";
import type { LinkPrinter } from "./link-printer.js";
import { DIRNAME, FILENAME, META, type ModuleForm } from "./module-form.js";
import { EXTENSIONS } from "./module-format.js";
import type { OverlaidSources } from "./overlaid-sources.js";
import type { ProjectFiles } from "./project-files.js";
import type { Snapshot } from "./snapshot.js";

/** One source file, compiled: its imports lead to compiled neighbours and to packages, whatever folder it lies in. */
export interface CompiledModule {
  readonly source: string;
  readonly form: ModuleForm;
  /** The body of a function, with its source map. */
  readonly text: string;
  /** The names that its import statements take, by what the text says for the module. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** The user's files that it imports in any way. */
  readonly neighbours: readonly string[];
  /** Those that it imports by import or export statements. */
  readonly stated: readonly string[];
  /** What went into it: the source itself, and JSON. */
  readonly reads: readonly string[];
  /** Packages' files that it imports, and the specifiers that lead nowhere. */
  readonly files: readonly string[];
  readonly missing: readonly string[];
  /** What import statements say for what is no neighbour. */
  readonly packages: readonly string[];
  /** Names that would change what its imports lead to, if there were such files. */
  readonly absent: readonly string[];
}

export interface CompileOptions {
  /** The project's folder. */
  readonly root: string;
  readonly snapshot: Snapshot;
  readonly overlaid: OverlaidSources;
  readonly projectFiles: (folder: string) => ProjectFiles;
  readonly printer: LinkPrinter;
}

export interface CompiledGroup {
  readonly modules: readonly CompiledModule[];
  /** The files that need another form: they await at top level, or export as CommonJS does. */
  readonly misjudged: ReadonlyMap<string, ModuleForm>;
}

type Built = BuildResult<{ write: false; metafile: true }>;

interface GroupOptions extends CompileOptions {
  /** All files that are being compiled, in this group or another. */
  readonly together: ReadonlySet<string>;
}

/** Compiles files that all await at top level, or none of which does. Throws esbuild's BuildFailure. */
export async function compileGroup(sources: readonly string[], formOf: (source: string) => ModuleForm, options: GroupOptions): Promise<CompiledGroup> {
  const [first] = sources;
  if (first === undefined) {
    return { modules: [], misjudged: new Map() };
  }
  const found = new Map<string, FoundImport[]>();
  const absent = new Map<string, readonly string[]>();
  const plugin = importPlugin({
    ...options,
    sources: new Set(sources),
    formOf,
    scopeOf: (path) => options.projectFiles(dirname(path)).scope,
    onImport: (one) => found.set(one.importer, [...(found.get(one.importer) ?? []), one]),
    onAbsent: (importer, paths) => absent.set(importer, [...(absent.get(importer) ?? []), ...paths]),
  });
  const { build } = await startEsbuild();
  let result: Built;
  try {
    result = await build({ ...buildOptions(sources, formOf(first) === "async", options), plugins: [plugin] });
  } catch (error) {
    const awaiting = isBuildFailure(error) ? awaitingFiles(error) : [];
    if (awaiting.length === 0) {
      throw error;
    }
    return { modules: [], misjudged: new Map(awaiting.map((source) => [source, "async"])) };
  }
  const { inputs } = result.metafile;
  const misjudged = new Map(sources.filter((source) => formOf(source) === "esm" && inputs[source]?.format === "cjs").map((source) => [source, "cjs" as const]));
  return { modules: await assemble(result, { formOf, found, absent, options }), misjudged };
}

function awaitingFiles({ errors }: BuildFailure): readonly string[] {
  return errors.flatMap(({ text, location }) => (text.startsWith("Top-level await") && location !== null ? location.file : []));
}

function buildOptions(sources: readonly string[], isAsync: boolean, { root }: CompileOptions) {
  return {
    absWorkingDir: root,
    absPaths: ["metafile", "log"],
    entryPoints: sources.map((source, at) => ({ in: source, out: String(at) })),
    outdir: root,
    write: false,
    metafile: true,
    logLevel: "silent",
    bundle: true,
    format: isAsync ? "esm" : "cjs",
    platform: "node",
    // The oldest Node that gmig runs on, so that what is cached serves every one.
    target: "node20.19",
    charset: "utf8",
    legalComments: "none",
    // In a bundle esbuild names a class that speaks of itself anew, and tables may be called after their classes.
    keepNames: true,
    sourcemap: "external",
    sourcesContent: false,
    resolveExtensions: [...EXTENSIONS],
    mainFields: ["main"],
    conditions: ["node-addons", "module-sync"],
    define: { ["__filename"]: FILENAME, ["__dirname"]: DIRNAME, "import.meta": META },
  } satisfies BuildOptions;
}

interface Assembling {
  readonly formOf: (source: string) => ModuleForm;
  readonly found: ReadonlyMap<string, readonly FoundImport[]>;
  readonly absent: ReadonlyMap<string, readonly string[]>;
  readonly options: CompileOptions;
}

async function assemble({ outputFiles, metafile }: Built, assembling: Assembling): Promise<readonly CompiledModule[]> {
  const texts = new Map(outputFiles.map((file) => [file.path, file.text]));
  const entries = Object.entries(metafile.outputs).flatMap(([path, output]) => (output.entryPoint === undefined ? [] : [{ path, output, source: output.entryPoint }]));
  return Promise.all(
    entries.map(async ({ path, output, source }) => {
      const { mappings } = JSON.parse(texts.get(`${path}.map`) ?? '{"mappings":""}') as { mappings: string };
      return assembleModule(source, { text: texts.get(path) ?? "", mappings }, computedImports(source, output, metafile), assembling);
    }),
  );
}

interface Matches {
  readonly neighbours: readonly string[];
  readonly reads: readonly string[];
}

async function assembleModule(source: string, compiled: { readonly text: string; readonly mappings: string }, matches: Matches, { formOf, found, absent, options }: Assembling): Promise<CompiledModule> {
  const form = formOf(source);
  const imports = found.get(source) ?? [];
  const stated = imports.filter(({ kind }) => kind === "import-statement");
  const isData = extname(source) === ".json";
  const text = isData ? `module.exports = JSON.parse(${JSON.stringify(options.snapshot.read(source)?.replace(/^\uFEFF/, ""))});\n` : functionBody({ ...compiled, text: followComputedImports(compiled.text) }, form, source);
  const neighbours = imports.flatMap(({ link }) => (link.to === "module" ? link.source : []));
  return {
    source,
    form,
    text,
    names: form === "cjs" ? {} : await namesTaken(source, stated.filter(({ link }) => link.to !== "missing"), options.snapshot),
    neighbours: [...neighbours, ...matches.neighbours],
    stated: stated.flatMap(({ link }) => (link.to === "module" ? link.source : [])),
    reads: [source, ...matches.reads],
    files: imports.flatMap(({ link }) => (link.to === "file" ? link.path : [])),
    missing: imports.flatMap(({ link, specifier }) => (link.to === "missing" ? specifier : [])),
    packages: stated.flatMap(({ link, printed }) => (link.to === "module" ? [] : printed)),
    absent: absent.get(source) ?? [],
  };
}

/** What went into a compiled file beside its source: JSON, and what its computed imports match, as do other files that appear in the same folders. */
function computedImports(source: string, output: Metafile["outputs"][string], { inputs }: Metafile): Matches {
  const others = Object.keys(output.inputs).filter((path) => path !== source);
  const matched = others.filter((path) => extname(path) !== ".json");
  const patterns = (inputs[source]?.imports ?? []).flatMap(({ path }) => /^\.{1,2}\/[^*]*\*/.exec(path)?.[0] ?? []);
  const folders = patterns.map((pattern) => dirname(resolve(dirname(source), pattern)));
  return {
    neighbours: matched.filter(isCompiledWhenMatched),
    reads: [...others.filter((path) => extname(path) === ".json"), ...folders, ...(patterns.length > 0 ? others.map((path) => dirname(path)) : [])],
  };
}
