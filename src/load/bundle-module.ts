import { dirname, extname } from "node:path";
import type { Loader, Plugin } from "esbuild";
import { compileError, type LoadErrorOptions } from "./compile-error.js";
import { isBuildFailure, startEsbuild } from "./esbuild.js";

/** A module's text as it would lie at a path, where nothing has to be. */
export interface ModuleText {
  readonly path: string;
  readonly text: string;
}

const ASKED_BY_US = Symbol("resolved by esbuild alone");
const PACKAGE = /[\\/]node_modules[\\/]/;

const LOADERS: Readonly<Record<string, Loader>> = { ".ts": "ts", ".mts": "ts", ".cts": "ts" };

/** Gives the text in place of what lies at the path, as a file there: its tsconfig and its neighbours count. */
function overlay({ path, text }: ModuleText): Plugin {
  return {
    name: "overlay",
    setup(build) {
      build.onResolve({ filter: /.*/ }, async ({ path: specifier, kind, resolveDir, pluginData }) => {
        if (pluginData === ASKED_BY_US) return undefined;
        if (kind === "entry-point") return { path };
        const found = await build.resolve(specifier, { kind, importer: path, resolveDir, pluginData: ASKED_BY_US });
        if (found.errors.length > 0) return /^[./#]/.test(specifier) ? undefined : { path: specifier, external: true };
        return found.external || PACKAGE.test(found.path) ? { path: specifier, external: true } : { path: found.path };
      });
      build.onLoad({ filter: /.*/ }, (file) => (file.path === path ? { contents: text, loader: LOADERS[extname(path)] ?? "js", resolveDir: dirname(path) } : undefined));
    },
  };
}

/**
 * Returns a module as one text of CommonJS form, with what it imports from the project inlined; packages are left to be found when it runs
 * (`loadBundle`). CommonJS, since such a text can be run from memory, without a file that Node would find packages from. The same text comes out wherever
 * the project lies.
 *
 * @throws GmigError of the given code for what does not compile, or imports what is not there.
 */
export async function bundleModule({ path, text }: ModuleText, { root, code }: LoadErrorOptions): Promise<string> {
  const { build } = await startEsbuild();
  try {
    const { outputFiles } = await build({
      entryPoints: [path],
      plugins: [overlay({ path, text })],
      absWorkingDir: root,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20.19",
      write: false,
      logLevel: "silent",
      legalComments: "none",
    });
    // esbuild names each source in a comment, by its path from the root.
    return (outputFiles[0]?.text ?? "").replace(/^\/\/ .*$/gm, "//");
  } catch (error) {
    throw isBuildFailure(error) ? compileError(error, { root, code }) : error;
  }
}
