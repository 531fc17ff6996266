import { extname } from "node:path";
import { startEsbuild } from "./esbuild.js";
import { importedNames } from "./function-body.js";
import type { FoundImport } from "./import-plugin.js";
import type { Snapshot } from "./snapshot.js";

/**
 * The names that a source's import statements take from what these imports lead to, by what compiled text says for it. An import that is only of types takes none.
 * In CommonJS a name that is not there would be undefined; an ES module tells it before it runs.
 */
export async function namesTaken(source: string, imports: readonly FoundImport[], snapshot: Snapshot): Promise<Readonly<Record<string, readonly string[]>>> {
  if (imports.length === 0) {
    return {};
  }
  const { transform } = await startEsbuild();
  const loader = extname(source).replace(/^\.[cm]?/, "") as "ts" | "tsx" | "js" | "jsx";
  const { code } = await transform(snapshot.read(source) ?? "", { loader, format: "esm", target: "esnext", charset: "utf8", logLevel: "silent" });
  const bySpecifier = importedNames(code);
  return Object.fromEntries(
    imports.flatMap(({ specifier, printed }) => {
      const names = bySpecifier.get(specifier) ?? [];
      return names.length === 0 ? [] : [[printed, names]];
    }),
  );
}
