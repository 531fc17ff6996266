import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, type TestName } from "./find-tests.js";

// Which tests under test/ need what: by folder, and in a pure folder by what the file imports.

const PURE: readonly string[] = [
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
const DATABASE: readonly string[] = [
  ...PURE,
  "database/",
  "runner/",
  "workflow/",
  "autogenerate/",
  "acceptance/three-ways.test.ts",
  "support/postgres.test.ts",
  "support/catalogue.test.ts",
];

/** Of these, what has no server in it. */
const EMBEDDED: readonly string[] = ["database/embedded-database.test.ts"];

/** What may come out differently on another version of Node. */
const NODE: readonly string[] = ["cli/", "package/", "load/"];

/** Of the pure folders' tests, those that touch nothing: all together take seconds. The others ask a real server whether the folder is right. */
export function isPure(test: TestName): boolean {
  if (!lies(test, PURE)) return false;
  const text = readFileSync(join(ROOT, "test", test), "utf8");
  return !/(support\/(postgres|pglite|repository|folder)|\/project)\.js"/.test(text);
}

/** Whether the test is to be run on every major of PostgreSQL. */
export function isDatabaseTest(test: TestName): boolean {
  return lies(test, DATABASE) && !lies(test, EMBEDDED) && !isPure(test);
}

/** Whether the test is to be run on every version of Node. */
export function isNodeTest(test: TestName): boolean {
  return lies(test, NODE);
}

function lies(test: TestName, places: readonly string[]): boolean {
  return places.some((place) => test === place || (place.endsWith("/") && test.startsWith(place)));
}
