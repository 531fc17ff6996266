import { dirname } from "node:path";
import type { CompiledModule } from "./compile-group.js";
import { fingerprint } from "./fingerprint.js";
import { manifestOf, possibleManifests } from "./installed-package.js";
import type { ProjectFiles } from "./project-files.js";
import type { Runnable } from "./runnable.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Compiled modules that know each other, and nobody else: what they share, they share one instance of. It holds all that tells
 * whether compiling anew would give the same. Modules are called by the paths of their sources.
 */
export interface Unit extends Runnable {
  /** The sources that were asked for. */
  readonly entries: readonly string[];
  /** The files that went into it, sources and JSON; what texts they had is known where it is kept. */
  readonly reads: readonly string[];
  readonly surroundings: Surroundings;
  /** Where a file, appearing, would change where its imports lead. */
  readonly absent: readonly string[];
  /** Files that it imports from where they lie. */
  readonly files: readonly string[];
  readonly missing: readonly MissingImport[];
}

/** What is in force where a unit's files lie, and the same for many units. */
export interface Surroundings {
  /** The package.json and tsconfig.json files, and the compiler's manifest, with the text that they had. */
  readonly texts: Readonly<Record<string, string>>;
  /** Where one of them, appearing, would take over. */
  readonly absent: readonly string[];
}

/** An import that leads nowhere, and fails when it is reached. */
export interface MissingImport {
  readonly specifier: string;
  readonly importer: string;
}

export interface UnitOptions {
  /** The sources that were asked for. */
  readonly entries: ReadonlySet<string>;
  readonly projectFiles: (folder: string) => ProjectFiles;
  readonly snapshot: Snapshot;
  /** Files that stand for what compiles: another text, another result. */
  readonly compiler: readonly string[];
}

/** Divides compiled modules into units: two are in one if either imports the other, or something links them. */
export function divideIntoUnits(compiled: ReadonlyMap<string, CompiledModule>, options: UnitOptions): readonly Unit[] {
  const known = new Map<string, Surroundings>();
  return connected(compiled).map((modules) => makeUnit(modules, { ...options, known }));
}

function connected(compiled: ReadonlyMap<string, CompiledModule>): readonly (readonly CompiledModule[])[] {
  const importers = new Map<string, string[]>();
  for (const { source, neighbours } of compiled.values()) {
    for (const neighbour of neighbours) {
      const others = importers.get(neighbour) ?? [];
      others.push(source);
      importers.set(neighbour, others);
    }
  }
  const seen = new Set<string>();
  const groups: CompiledModule[][] = [];
  for (const start of compiled.keys()) {
    const group: CompiledModule[] = [];
    for (const waiting = [start]; waiting.length > 0; ) {
      const source = waiting.pop()!;
      const module = compiled.get(source);
      if (module !== undefined && !seen.has(source)) {
        seen.add(source);
        group.push(module);
        waiting.push(...module.neighbours, ...(importers.get(source) ?? []));
      }
    }
    if (group.length > 0) {
      groups.push(group);
    }
  }
  return groups;
}

interface Making extends UnitOptions {
  /** Surroundings by the paths in them: units that have the same have one value. */
  readonly known: Map<string, Surroundings>;
}

function makeUnit(group: readonly CompiledModule[], options: Making): Unit {
  const modules = [...group].sort((a, b) => (a.source < b.source ? -1 : 1));
  const runnable = modules.map(({ source, form, text, names }) => [source, { source, form, names, text: always(text) }] as const);
  return {
    id: fingerprint(modules.map(({ source, form, text }) => `${source}\n${form}\n${text}`).join("\n")),
    modules: new Map(runnable),
    entries: modules.map(({ source }) => source).filter((source) => options.entries.has(source)),
    reads: distinct(modules.flatMap(({ reads }) => reads)),
    surroundings: surroundingsOf(modules, options),
    absent: distinct(modules.flatMap((module) => module.absent)),
    files: distinct(modules.flatMap(({ files }) => files)),
    missing: modules.flatMap(({ source, missing }) => missing.map((specifier) => ({ specifier, importer: source }))),
  };
}

/** On its own, because the result lives as long as the modules do: made within `makeUnit`, it would keep alive all that compiling took. */
function always(text: string): () => string {
  return () => text;
}

function surroundingsOf(modules: readonly CompiledModule[], { projectFiles, snapshot, compiler, known }: Making): Surroundings {
  const manifests = modules.flatMap(({ source, files, missing }) => [
    ...files.flatMap((path) => manifestOf(path) ?? projectFiles(dirname(path)).scope?.path ?? []),
    ...missing.flatMap((specifier) => possibleManifests(specifier, source)),
  ]);
  const around = distinct(modules.map(({ source }) => dirname(source))).map(projectFiles);
  const [there, notThere] = [true, false].map((is) => manifests.filter((path) => snapshot.exists(path) === is));
  const present = distinct([...around.flatMap((found) => found.present), ...there!, ...compiler]);
  const absent = distinct([...around.flatMap((found) => found.absent), ...notThere!]);
  const key = [...present, "", ...absent].join("\n");
  const surroundings = known.get(key) ?? { texts: Object.fromEntries(present.map((path) => [path, snapshot.read(path) ?? ""])), absent };
  known.set(key, surroundings);
  return surroundings;
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
