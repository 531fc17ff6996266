import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** Runs a compiled file, once for as long as it is the same file, and returns what it exports. Throws what it throws. */
export async function evaluate(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (path.endsWith(".cjs")) {
    return namedExports(nodeRequire()(path));
  }
  return (await import(pathToFileURL(path).href)) as Record<string, unknown>;
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
