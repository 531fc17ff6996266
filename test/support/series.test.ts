import { execFileSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Runs } from "./series.js";

const test = suite("support/series");
const series = new URL("./series.js", import.meta.url).href;

/** What `runs(100, 50_000)` gives in a process with these settings and no others. */
function runsWith(settings: Readonly<Record<string, string>>): Runs {
  const { GMIG_TEST_LONG: _, GMIG_TEST_SEED: __, CI: ___, ...env } = process.env;
  const script = `import { runs } from ${JSON.stringify(series)}; console.log(JSON.stringify(runs(100, 50_000)));`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], { env: { ...env, ...settings } });
  return JSON.parse(output.toString()) as Runs;
}

test("short and from a fixed seed, unless long is asked for", () => {
  assert.equal(runsWith({}), { numRuns: 100, seed: 1 });
  assert.equal(runsWith({ CI: "true" }), { numRuns: 100, seed: 1 });
  assert.equal(runsWith({ GMIG_TEST_SEED: "7" }), { numRuns: 100, seed: 7 });
});

test("long from the seed given, else from one that is new each time, and a tenth in CI", () => {
  assert.equal(runsWith({ GMIG_TEST_LONG: "1", GMIG_TEST_SEED: "7" }), { numRuns: 50_000, seed: 7 });
  assert.is(runsWith({ GMIG_TEST_LONG: "1", CI: "true" }).numRuns, 5_000);
  assert.is.not(runsWith({ GMIG_TEST_LONG: "1" }).seed, runsWith({ GMIG_TEST_LONG: "1" }).seed);
});

test.run();
