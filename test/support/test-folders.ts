// Which folders under test/ need what. A file belongs to the longest folder named here that it lies in.

/** Without disk, git, database or process: all of them together take seconds, and run first. */
export const PURE_TESTS: readonly string[] = [
  "errors.test.ts",
  "revision/",
  "schema/",
  "graph/",
  "operation/",
  "plan/",
  "merge/",
  "autogenerate/compare/",
  "autogenerate/render/",
];

/** What may come out differently on another major of PostgreSQL. */
export const DATABASE_TESTS: readonly string[] = [
  "database/",
  "runner/",
  "workflow/",
  "operation/database/",
  "autogenerate/",
  "acceptance/",
  "support/postgres.test.ts",
  "support/catalogue.test.ts",
];

/** What may come out differently on another version of Node. */
export const NODE_TESTS: readonly string[] = ["cli/", "package/", "load/", "hooks/"];

/** Whether the file, by its path below test/, is one of these or lies in one of these folders. */
export function isAmong(file: string, places: readonly string[]): boolean {
  return places.some((place) => file === place || (place.endsWith("/") && file.startsWith(place)));
}
