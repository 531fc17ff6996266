import { createRequire } from "node:module";
import { dirname, isAbsolute, join, resolve } from "node:path";
import type { Snapshot } from "./snapshot.js";

/** The package.json above a file, with what it says of its modules. */
export interface PackageScope {
  readonly path: string;
  readonly name: string | undefined;
  readonly type: string | undefined;
}

/** The files that decide how those in a folder are resolved and compiled, and the names where a new file would take over from them. */
export interface ProjectFiles {
  readonly scope: PackageScope | undefined;
  readonly present: readonly string[];
  readonly absent: readonly string[];
  /** What the tsconfig says of compiling, with what it extends. */
  readonly compilerOptions: Readonly<Record<string, unknown>>;
}

/** Finds what is in force for a folder: the nearest package.json, the nearest tsconfig.json or jsconfig.json, and all that this one extends. */
export function projectFilesReader(snapshot: Snapshot): (folder: string) => ProjectFiles {
  const known = new Map<string, ProjectFiles>();
  return (folder) => {
    const found = known.get(folder) ?? findProjectFiles(folder, snapshot);
    known.set(folder, found);
    return found;
  };
}

function findProjectFiles(folder: string, snapshot: Snapshot): ProjectFiles {
  const packages = nearest(folder, ["package.json"], snapshot);
  const configs = nearest(folder, ["tsconfig.json", "jsconfig.json"], snapshot);
  const chain = configs.found === undefined ? [] : extendedChain(configs.found, snapshot);
  return {
    scope: packages.found === undefined ? undefined : readScope(packages.found, snapshot),
    present: [...(packages.found === undefined ? [] : [packages.found]), ...chain],
    absent: [...packages.absent, ...configs.absent],
    compilerOptions: Object.assign({}, ...[...chain].reverse().map((path) => parseLeniently(snapshot.read(path))["compilerOptions"])) as Record<string, unknown>,
  };
}

function nearest(folder: string, names: readonly string[], snapshot: Snapshot): { found: string | undefined; absent: string[] } {
  const absent: string[] = [];
  for (let at = folder; ; at = dirname(at)) {
    for (const name of names) {
      const path = join(at, name);
      if (snapshot.exists(path)) {
        return { found: path, absent };
      }
      absent.push(path);
    }
    if (dirname(at) === at) {
      return { found: undefined, absent };
    }
  }
}

function readScope(path: string, snapshot: Snapshot): PackageScope {
  const json = parseLeniently(snapshot.read(path));
  return { path, name: textOrNothing(json["name"]), type: textOrNothing(json["type"]) };
}

function extendedChain(config: string, snapshot: Snapshot, seen: ReadonlySet<string> = new Set()): readonly string[] {
  const text = snapshot.read(config);
  if (text === undefined || seen.has(config)) {
    return [];
  }
  const parents = [parseLeniently(text)["extends"]].flat().filter((name) => typeof name === "string");
  const onTheWay = new Set([...seen, config]);
  return [config, ...parents.flatMap((name) => extendedChain(locate(name, config, snapshot), snapshot, onTheWay))];
}

function locate(name: string, from: string, snapshot: Snapshot): string {
  if (isAbsolute(name) || /^\.{1,2}([\\/]|$)/.test(name)) {
    const path = resolve(dirname(from), name);
    return snapshot.read(path) === undefined ? `${path}.json` : path;
  }
  const require = createRequire(from);
  for (const asked of [name, `${name}.json`, `${name}/tsconfig.json`]) {
    try {
      return require.resolve(asked);
    } catch {
      // The next spelling; a tsconfig that nobody finds changes nothing, and the compiler warns of it.
    }
  }
  return join(dirname(from), "node_modules", name);
}

/** JSON with comments and trailing commas, as tsconfig files have them; what can't be read is empty. */
function parseLeniently(text: string | undefined): Readonly<Record<string, unknown>> {
  const plain = (text ?? "")
    .replace(/^\uFEFF/, "")
    .replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "$1")
    .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, "$1");
  try {
    const value: unknown = JSON.parse(plain);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
