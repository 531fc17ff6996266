import { readdirSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's top, as seen from build/test/support. */
export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** A test by its path below test/, with forward slashes: `graph/heads.test.ts`. */
export type TestName = string;

/** All tests, by their sources, so that the build's leftovers of removed ones don't run; with `parts`, those whose path has one of them. */
export function findTests(parts: readonly string[]): readonly TestName[] {
  const folder = join(ROOT, "test");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
    .filter((name) => !name.split("/").includes("fixtures"))
    .filter((name) => parts.length === 0 || parts.some((part) => `test/${name}`.includes(part)))
    .sort();
}

/** The JavaScript of a test. Throws when it is not built or older than its source. */
export function builtFile(name: TestName): string {
  const built = join(ROOT, "build/test", name.replace(/\.ts$/, ".js"));
  const made = statSync(built, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined || made < statSync(join(ROOT, "test", name)).mtimeMs) throw new Error(`test/${name} is not built`);
  return built;
}
