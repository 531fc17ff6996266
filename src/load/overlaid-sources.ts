import type { OnLoadResult } from "esbuild";
import { existsSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { isBuildFailure, startEsbuild } from "./esbuild.js";
import { EXTENSIONS } from "./module-format.js";
import type { ProjectFiles } from "./project-files.js";
import type { Snapshot } from "./snapshot.js";

/** Sources whose text was given, and what esbuild can't find out about those that are not on disk. */
export interface OverlaidSources {
  /** Whether the file is given and not on disk. */
  readonly isNowhere: (path: string) => boolean;
  /** The given file that a relative import of this path leads to, unless one on disk comes first. */
  readonly find: (target: string) => string | undefined;
  /** The folder itself, or the nearest above that is on disk. */
  readonly folderFor: (folder: string) => string;
  /** For esbuild, a file that is not on disk: as JavaScript, compiled as the tsconfig.json above it has it. */
  readonly load: (path: string) => Promise<OnLoadResult> | undefined;
}

/** What there is to know of the files in `overlay` (by path, their texts). */
export function overlaidSources(overlay: ReadonlyMap<string, string>, snapshot: Snapshot, projectFiles: (folder: string) => ProjectFiles): OverlaidSources {
  const isNowhere = (path: string): boolean => overlay.has(path) && !existsSync(path);
  return {
    isNowhere,
    find: (target) => (overlay.size === 0 ? undefined : firstOf(candidates(target), overlay, snapshot)),
    folderFor: (folder) => (overlay.size === 0 ? folder : nearest(folder)),
    load: (path) => (isNowhere(path) ? strip(path, overlay.get(path)!, projectFiles(dirname(path))) : undefined),
  };
}

function firstOf(paths: readonly string[], overlay: ReadonlyMap<string, string>, snapshot: Snapshot): string | undefined {
  const first = paths.find((path) => overlay.has(path) || (extname(path) !== "" && snapshot.exists(path)));
  return first !== undefined && overlay.has(first) ? first : undefined;
}

/** What a relative import may mean, in the order in which esbuild looks for it. */
function candidates(target: string): readonly string[] {
  const written = [target, ...EXTENSIONS.map((extension) => target + extension)];
  const asTypeScript = /\.[cm]?jsx?$/.test(target) ? [target.replace(/js(x?)$/, "ts$1"), target.replace(/js$/, "tsx")] : [];
  return [...written, ...asTypeScript, ...EXTENSIONS.map((extension) => join(target, `index${extension}`))];
}

function nearest(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearest(dirname(folder));
}

async function strip(path: string, text: string, { compilerOptions }: ProjectFiles): Promise<OnLoadResult> {
  if (extname(path) === ".json") {
    return { contents: text, loader: "json" };
  }
  const { transform } = await startEsbuild();
  const loader = extname(path).replace(/^\.[cm]?/, "") as "ts" | "tsx" | "js" | "jsx";
  try {
    const { code } = await transform(text, { loader, sourcefile: path, sourcemap: "inline", sourcesContent: false, target: "esnext", charset: "utf8", logLevel: "silent", tsconfigRaw: { compilerOptions } });
    return { contents: code, loader: loader.endsWith("x") ? "jsx" : "js" };
  } catch (error) {
    if (!isBuildFailure(error)) {
      throw error;
    }
    return { errors: error.errors };
  }
}
