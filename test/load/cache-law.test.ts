import { rmSync } from "node:fs";
import * as fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runs } from "../support/series.js";
import { type Project, makeProject } from "./project.js";

const test = suite("load: the law of the cache");

test("after any edits, a warm load gives what a load without a cache gives", async () => {
  const names = ["a.ts", "b.ts", "b.js", "c.ts", "c/index.ts", "tsconfig.json", "package.json"];
  const text = fc.oneof(
    fc.constantFrom("./b", "./c", "@b", "./b.js").map((from) => `export * from "${from}"; export const id = import.meta.url;`),
    fc.nat(9).map((n) => `export const value = ${n}; export default "${n}";`),
  );
  const edit = fc.oneof(
    fc.record({ name: fc.constantFrom(...names.slice(0, 5)), text: fc.option(text) }),
    fc.record({ name: fc.constant("tsconfig.json"), text: fc.option(fc.constantFrom(`{ "compilerOptions": { "paths": { "@b": ["./b"] } } }`, `{ "compilerOptions": { "paths": { "@b": ["./c"] } } }`)) }),
    fc.record({ name: fc.constant("package.json"), text: fc.option(fc.constantFrom(`{ "type": "module" }`, `{}`)) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 6 }), async (rounds) => {
      const project = makeProject("module", { "a.ts": `export * from "./b"; export * from "./c";`, "b.ts": `export const value = 1;`, "c.ts": `export const c = 1;` });
      for (const round of rounds) {
        for (const { name, text: now } of round) {
          if (now !== null) {
            project.write({ [name]: now });
          } else if (name !== "a.ts") {
            rmSync(project.path(name), { force: true });
          }
        }
        assert.equal(await outcome(project, project.cache), await outcome(project, null), JSON.stringify(round));
      }
    }),
    runs(25, 300),
  );
});

async function outcome(project: Project, cache: string | null): Promise<unknown> {
  try {
    return (await project.load(["a.ts", "a.ts"], { cache })).map(({ exports }) => Object.entries(exports).filter(([name]) => name !== "__esModule"));
  } catch (error) {
    return (error as Error).message;
  }
}

test.run();
