/** A file's way back to itself over imports, first and last the same; undefined when there is none. */
export function findCycle(imports: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const finished = new Set<string>();
  for (const start of imports.keys()) {
    const cycle = walk(start, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;

  function walk(file: string, way: readonly string[]): readonly string[] | undefined {
    if (finished.has(file)) return undefined;
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    for (const next of imports.get(file) ?? []) {
      const cycle = walk(next, [...way, file]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(file);
    return undefined;
  }
}
