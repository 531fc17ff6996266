import { dirname } from "node:path";
import type { CompiledModule } from "./compile-group.js";
import { fingerprint } from "./fingerprint.js";
import { manifestOf, possibleManifests } from "./installed-package.js";
import { UNIT_PLACEHOLDER, facadeName, facadeText } from "./output-name.js";
import type { ProjectFiles } from "./project-files.js";
import type { Snapshot } from "./snapshot.js";

/**
 * Compiled modules that know each other, and nobody else: what they share, they share one instance of. It holds all that tells
 * whether compiling anew would give the same.
 */
export interface Unit {
  readonly id: string;
  /** The folder with the compiled files. */
  readonly folder: string;
  /** The compiled file's name for each source that was asked for. */
  readonly entries: Readonly<Record<string, string>>;
  readonly outputs: readonly Output[];
  /** The files that went into it, sources and JSON, with the text that they had. */
  readonly reads: Readonly<Record<string, string>>;
  readonly surroundings: Surroundings;
  /** Where a file, appearing, would change where its imports lead. */
  readonly absent: readonly string[];
  /** Files that it imports from where they lie. */
  readonly files: readonly string[];
  readonly missing: readonly MissingImport[];
  /** Whether one of its files may be imported after the entries have been run. */
  readonly later: boolean;
}

/** What is in force where a unit's files lie, and the same for many units. */
export interface Surroundings {
  /** The package.json and tsconfig.json files, and the compiler's manifest, with the text that they had. */
  readonly texts: Readonly<Record<string, string>>;
  /** Where one of them, appearing, would take over. */
  readonly absent: readonly string[];
}

export interface Output {
  readonly name: string;
  readonly source: string;
  /** In bytes. */
  readonly size: number;
}

/** An import that leads nowhere, and fails when it is reached. */
export interface MissingImport {
  readonly specifier: string;
  readonly importer: string;
}

/** A unit with the text of its compiled files, by name. */
export interface WrittenUnit {
  readonly unit: Unit;
  readonly texts: ReadonlyMap<string, string>;
}

export interface UnitOptions {
  readonly folder: string;
  /** The sources that were asked for. */
  readonly entries: ReadonlySet<string>;
  readonly projectFiles: (folder: string) => ProjectFiles;
  readonly snapshot: Snapshot;
  /** Files that stand for what compiles: another text, another result. */
  readonly compiler: readonly string[];
}

/** Divides compiled modules into units: two are in one if either imports the other, or something links them. */
export function divideIntoUnits(compiled: ReadonlyMap<string, CompiledModule>, options: UnitOptions): readonly WrittenUnit[] {
  const facades = new Set([...compiled.values()].flatMap((module) => module.facades));
  const known = new Map<string, Surroundings>();
  return connected(compiled).map((modules) => makeUnit(modules, { ...options, facades, known }));
}

function connected(compiled: ReadonlyMap<string, CompiledModule>): readonly (readonly CompiledModule[])[] {
  const importers = new Map<string, string[]>();
  for (const { source, neighbours } of compiled.values()) {
    for (const neighbour of neighbours) {
      importers.set(neighbour, [...(importers.get(neighbour) ?? []), source]);
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
  readonly facades: ReadonlySet<string>;
  /** Surroundings by the paths in them: units that have the same have one value. */
  readonly known: Map<string, Surroundings>;
}

function makeUnit(modules: readonly CompiledModule[], options: Making): WrittenUnit {
  const inOrder = [...modules].sort((a, b) => (a.source < b.source ? -1 : 1));
  const id = fingerprint(inOrder.map(({ name, text }) => `${name}\n${text}`).join("\n"));
  const named = (text: string): string => text.replaceAll(UNIT_PLACEHOLDER, id);
  const texts = new Map<string, string>();
  const outputs: Output[] = [];
  const add = (name: string, text: string, source: string): void => {
    texts.set(name, text);
    outputs.push({ name, source, size: Buffer.byteLength(text) });
  };
  for (const { source, name, text } of inOrder) {
    add(named(name), named(text), source);
    if (options.facades.has(source)) {
      add(facadeName(named(name)), facadeText(named(name)), source);
    }
  }
  const entries = inOrder.filter(({ source }) => options.entries.has(source)).map(({ source, name }) => [source, named(name)]);
  return { unit: { id, folder: options.folder, entries: Object.fromEntries(entries), outputs, ...grounds(inOrder, options) }, texts };
}

/** Everything that the compiled text followed from. */
function grounds(modules: readonly CompiledModule[], options: Making): Omit<Unit, "id" | "folder" | "entries" | "outputs"> {
  const files = distinct(modules.flatMap((module) => module.files));
  const missing = modules.flatMap(({ source, missing }) => missing.map((specifier) => ({ specifier, importer: source })));
  const manifests = [
    ...files.flatMap((path) => manifestOf(path) ?? options.projectFiles(dirname(path)).scope?.path ?? []),
    ...missing.flatMap(({ specifier, importer }) => possibleManifests(specifier, importer)),
  ];
  const around = distinct(modules.map(({ source }) => dirname(source))).map(options.projectFiles);
  const [there, notThere] = [true, false].map((is) => manifests.filter((path) => options.snapshot.exists(path) === is));
  const present = distinct([...around.flatMap((found) => found.present), ...there!, ...options.compiler]);
  const absent = distinct([...around.flatMap((found) => found.absent), ...notThere!]);
  const key = [...present, "", ...absent].join("\n");
  const surroundings = options.known.get(key) ?? { texts: textsOf(present, options.snapshot), absent };
  options.known.set(key, surroundings);
  return {
    reads: textsOf(
      modules.flatMap((module) => module.reads),
      options.snapshot,
    ),
    surroundings,
    absent: distinct(modules.flatMap((module) => module.absent)),
    files,
    missing,
    later: modules.some((module) => module.later),
  };
}

function textsOf(paths: readonly string[], snapshot: Snapshot): Readonly<Record<string, string>> {
  return Object.fromEntries(paths.map((path) => [path, snapshot.read(path) ?? ""]));
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
