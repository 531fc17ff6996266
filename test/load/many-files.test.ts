import { suite } from "uvu";
import * as assert from "uvu/assert";
import { PROJECT_TYPES, makeProject } from "./project.js";

const test = suite("load: many files");

const COUNT = 150;

/** What the first and the last file export. */
interface Ends {
  readonly sum: () => number;
  readonly lastName: () => string;
  readonly computed: (at: number) => Promise<string>;
}

for (const type of PROJECT_TYPES) {
  test(`${COUNT} files that import each other by statements, in a circle and as computed, of a project whose type is ${type}`, async () => {
    const names = Array.from({ length: COUNT }, (_, index) => `m${index}.ts`);
    const files = names.map((name, index) => {
      const before = index === 0 ? "" : `import { sum as before } from "./m${index - 1}.js";`;
      // The first and the last know each other, and each of them looks the other way round the middle.
      const others = index === 0 ? `import { name as last } from "./m${COUNT - 1}.js"; export const lastName = () => last;` : "";
      const computed = index === COUNT - 1 ? `export const computed = async (at: number) => (await import(\`./m\${at}.ts\`)).name;` : "";
      return [name, `${before}${others}${computed}\nexport const name: string = "${name}";\nexport const sum = (): number => ${index === 0 ? "" : "before() + "}${index};\nexport const mark = {};`] as const;
    });
    const project = makeProject(type, Object.fromEntries(files));
    for (const what of ["compiled", "from the cache"]) {
      const loaded = await project.load(names);
      const [first, last] = [loaded[0]!.exports, loaded.at(-1)!.exports] as unknown as readonly [Ends, Ends];
      assert.equal(loaded.map(({ exports }) => exports["name"]), names, what);
      assert.is(last.sum(), (COUNT * (COUNT - 1)) / 2, what);
      assert.is(first.lastName(), `m${COUNT - 1}.ts`, what);
      assert.is(new Set(loaded.map(({ exports }) => exports["mark"])).size, COUNT, what);
      assert.equal(await Promise.all([0, 75, COUNT - 1].map(last.computed)), ["m0.ts", "m75.ts", `m${COUNT - 1}.ts`], what);
    }
  });
}

test.run();
