import { dirname } from "node:path";
import { type CompileOptions, type CompiledModule, compileGroup } from "./compile-group.js";
import type { ModuleForm } from "./module-form.js";
import { formatOf } from "./module-format.js";

/**
 * Compiles files and all of the user's files that these import, each to one module. Throws esbuild's BuildFailure where a file has a syntax
 * error or imports a file that isn't there.
 */
export async function compileModules(sources: readonly string[], options: CompileOptions): Promise<ReadonlyMap<string, CompiledModule>> {
  const compiled = new Map<string, CompiledModule>();
  const judged = new Map<string, ModuleForm>();
  const formOf = (source: string): ModuleForm => judged.get(source) ?? formatOf(source, options.projectFiles(dirname(source)).scope?.type);
  for (let waiting: readonly string[] = sources; waiting.length > 0; ) {
    const isAsync = (source: string): boolean => formOf(source) === "async";
    const groups = [waiting.filter((source) => !isAsync(source)), waiting.filter(isAsync)];
    const again = new Set<string>();
    for (const group of groups.flatMap(inBatches)) {
      const { modules, misjudged } = await compileGroup(group, formOf, { ...options, together: new Set(waiting) });
      modules.forEach((module) => compiled.set(module.source, module));
      misjudged.forEach((form, source) => judged.set(source, form));
      // Where some await, esbuild compiles none.
      [...(modules.length === 0 ? group : misjudged.keys())].forEach((source) => again.add(source));
    }
    for (const source of importersOfAwaiting(compiled, formOf)) {
      judged.set(source, "async");
      again.add(source);
    }
    again.forEach((source) => compiled.delete(source));
    waiting = [...again, ...new Set([...compiled.values()].flatMap(({ neighbours }) => neighbours).filter((source) => !compiled.has(source) && !again.has(source)))];
  }
  return compiled;
}

/** Of many files at once, esbuild's answer would be as large as all of them, several times over. */
const BATCH = 60;

function inBatches(sources: readonly string[]): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(sources.length / BATCH) }, (_, index) => sources.slice(index * BATCH, (index + 1) * BATCH));
}

/** What awaits at top level can be imported by statements of what awaits alone. */
function importersOfAwaiting(compiled: ReadonlyMap<string, CompiledModule>, formOf: (source: string) => ModuleForm): readonly string[] {
  const found: string[] = [];
  for (const { source, form, stated } of compiled.values()) {
    if (form !== "async" && stated.some((neighbour) => formOf(neighbour) === "async")) {
      found.push(source);
    }
  }
  return found;
}
