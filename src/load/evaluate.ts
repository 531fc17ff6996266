import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Unit } from "./unit.js";

/** Runs what a source of a unit was compiled to, once for as long as it is the same, and returns what it exports. Throws what it throws. */
export async function evaluate(source: string, { folder, entries, outputs, files }: Unit): Promise<Readonly<Record<string, unknown>>> {
  const path = join(folder, entries[source]!);
  if (isCommonJs(path)) {
    return namedExports(nodeRequire()(path));
  }
  if (files.length > 0 || outputs.some(({ name }) => isCommonJs(name))) {
    requireFirst(path);
  }
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
}

/**
 * Runs an ES module by require. Where a CommonJS package throws while `import()` runs it, Node 20 also rejects a promise that nobody can catch,
 * which ends the process; require only throws. What require can't run, for a top-level await, is left to `import()`.
 */
function requireFirst(path: string): void {
  try {
    nodeRequire()(path);
  } catch (error) {
    if (!(error instanceof Error && (error as NodeJS.ErrnoException).code?.startsWith("ERR_REQUIRE_"))) {
      throw error;
    }
  }
}

function isCommonJs(name: string): boolean {
  return name.endsWith(".cjs");
}

/** Whether a compiled CommonJS file has been run. */
export function isEvaluated(path: string): boolean {
  return nodeRequire().cache[path] !== undefined;
}

/**
 * What a CommonJS module exports, as an ES module would: its properties, and as `default` the whole of `module.exports`, unless it was an ES
 * module before it was compiled and so says itself what its default is.
 */
export function namedExports(exported: unknown): Readonly<Record<string, unknown>> {
  if ((typeof exported !== "object" && typeof exported !== "function") || exported === null) {
    return { default: exported };
  }
  const properties = exported as Readonly<Record<string, unknown>>;
  return properties["__esModule"] === true ? properties : { default: exported, ...properties };
}

let required: NodeJS.Require | undefined;

function nodeRequire(): NodeJS.Require {
  required ??= createRequire(import.meta.url);
  return required;
}
