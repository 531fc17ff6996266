import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { META, NEIGHBOUR, STATED } from "./module-form.js";
import type { RunnableModule } from "./runnable.js";

type Properties = Readonly<Record<string, unknown>>;

/** What the names that belong to a source's place stand for. */
export interface ModuleScope {
  /** Node's own `require`, as seen from the source. */
  readonly native: () => NodeJS.Require;
  /** What compiled text calls `require`. */
  readonly require: NodeJS.Require | undefined;
  /** What stands for `import.meta`, where the text speaks of it. */
  readonly meta: Properties | undefined;
}

/** How compiled calls of require are answered that are not for Node. */
export interface Links {
  readonly neighbour: (name: string) => unknown;
  /** For an import statement. */
  readonly stated: (printed: string) => unknown;
}

/** By folder: what Node's require finds depends on no more than that, and making one takes longer than running a small module. */
const requires = new Map<string, NodeJS.Require>();

function requireIn(folder: string, source: string): NodeJS.Require {
  const require = requires.get(folder) ?? createRequire(source);
  requires.set(folder, require);
  return require;
}

/** Makes what the text asks for, and nothing else: most texts ask for nothing. */
export function moduleScope({ source }: RunnableModule, text: string, links: Links): ModuleScope {
  const native = (): NodeJS.Require => requireIn(dirname(source), source);
  return {
    native,
    require: text.includes("require") ? compiledRequire(native(), links) : undefined,
    meta: text.includes(META) ? metaOf(source, native) : undefined,
  };
}

function compiledRequire(native: NodeJS.Require, links: Links): NodeJS.Require {
  const require = (name: string): unknown => {
    if (typeof name === "string") {
      if (name.startsWith(STATED)) {
        return links.stated(name);
      }
      if (name.startsWith(NEIGHBOUR)) {
        return links.neighbour(name.slice(NEIGHBOUR.length));
      }
    }
    return native(name);
  };
  const { resolve, cache, main, extensions } = native;
  return Object.assign(require, { resolve, cache, main, extensions });
}

function metaOf(source: string, native: () => NodeJS.Require): Properties {
  const { href: url } = pathToFileURL(source);
  const resolve = (name: string): string => {
    if (/^(?:\.{0,2}\/|[a-z][a-z\d+.-]+:)/i.test(name)) {
      return new URL(name, url).href;
    }
    const path = native().resolve(name);
    return path === name ? `node:${name}` : pathToFileURL(path).href;
  };
  return { url, filename: fileURLToPath(url), dirname: dirname(source), resolve };
}
