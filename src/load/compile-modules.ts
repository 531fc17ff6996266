import { dirname } from "node:path";
import { type CompileOptions, type CompiledModule, compileGroup } from "./compile-group.js";
import { type ModuleFormat, formatOf } from "./module-format.js";

/**
 * Compiles files and all of the user's files that these import, each to one module. Throws esbuild's BuildFailure where a file has a syntax
 * error or imports a file that isn't there.
 */
export async function compileModules(sources: readonly string[], options: CompileOptions): Promise<ReadonlyMap<string, CompiledModule>> {
  const forced = new Map<string, ModuleFormat>();
  for (;;) {
    const compiled = new Map<string, CompiledModule>();
    const misjudged = await compileInWaves(sources, compiled, forced, options);
    if (misjudged.size === 0) {
      return compiled;
    }
    misjudged.forEach((format, source) => forced.set(source, format));
  }
}

/**
 * Compiles the files asked for, then the ones they import, and so on, into `compiled`. Stops early where files turn out to need the other format
 * than their names say, and returns these: names of compiled files are printed in their importers, so everything begins anew.
 */
async function compileInWaves(
  sources: readonly string[],
  compiled: Map<string, CompiledModule>,
  forced: ReadonlyMap<string, ModuleFormat>,
  options: CompileOptions,
): Promise<ReadonlyMap<string, ModuleFormat>> {
  const formatOfSource = (source: string): ModuleFormat =>
    forced.get(source) ?? formatOf(source, options.projectFiles(dirname(source)).scope?.type);
  const misjudged = new Map<string, ModuleFormat>();
  for (let wave = new Set(sources); wave.size > 0 && misjudged.size === 0; ) {
    const found = new Set<string>();
    for (const format of ["esm", "cjs"] as const) {
      const group = [...wave].filter((source) => formatOfSource(source) === format);
      const result = await compileGroup(group, format, formatOfSource, options);
      result.misjudged.forEach((source) => misjudged.set(source, format === "esm" ? "cjs" : "esm"));
      for (const module of result.modules) {
        compiled.set(module.source, module);
        // What awaits at top level can be imported by ES modules alone.
        if (format === "cjs" && module.stated.some((neighbour) => forced.get(neighbour) === "esm")) {
          misjudged.set(module.source, "esm");
        }
        module.neighbours.forEach((neighbour) => found.add(neighbour));
      }
    }
    wave = new Set([...found].filter((source) => !compiled.has(source)));
  }
  return misjudged;
}
