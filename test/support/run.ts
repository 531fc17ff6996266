import { randomInt } from "node:crypto";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Coverage } from "./coverage.js";
import { findTests } from "./find-tests.js";
import { DEFAULT_MAJOR } from "./postgres-binaries.js";
import { runOnServer } from "./run-on-server.js";
import { add, NOTHING, runTests, type RunTestsOptions, summary, type Tally } from "./run-tests.js";
import { isPure } from "./test-kind.js";
import { endTestProcesses } from "./test-process.js";

// npm test [-- PART…] [--coverage] [--long]: all tests, or those whose path has one of the parts, on one PostgreSQL.

const PURE_SECONDS = 5;
const MINUTE = 60_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { coverage: { type: "boolean", default: false }, long: { type: "boolean", default: false } },
  });
  process.on("exit", endTestProcesses);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

  const tests = findTests(positionals);
  const pure = tests.filter(isPure);
  const others = tests.filter((name) => !isPure(name));
  const coverage = values.coverage ? await Coverage.begin() : undefined;
  const env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: "1", ...coverage?.env };
  if (values.long) {
    env["GMIG_TEST_LONG"] = "1";
    env["GMIG_TEST_SEED"] ??= String(randomInt(2 ** 31));
    print(`seed: GMIG_TEST_SEED=${env["GMIG_TEST_SEED"]}`);
  }
  const options: RunTestsOptions = {
    node: process.execPath,
    env,
    atOnce: availableParallelism(),
    timeoutMs: (values.long ? 60 : 5) * MINUTE,
    print,
  };

  const pureTally = await runPure(pure, options, values.long || values.coverage);
  const major = Number(env["GMIG_TEST_POSTGRES"] ?? DEFAULT_MAJOR);
  const otherTally = others.length === 0 ? NOTHING : await runOnServer(others, major, options);
  const covered = (await coverage?.report(print)) ?? true;
  const tally = add(pureTally, otherTally, { ...NOTHING, failed: covered ? 0 : 1 });
  for (const skipped of tally.skipped) print(`skipped: ${skipped}`);
  if (tests.length === 0) print("no test has such a path");
  print(summary(tally));
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

/** The pure tests' time is a promise; CI machines and instrumented runs vary too much to hold them to it. */
async function runPure(tests: readonly string[], options: RunTestsOptions, unhurried: boolean): Promise<Tally> {
  if (tests.length === 0) return NOTHING;
  const begin = performance.now();
  const tally = await runTests(tests, options);
  const seconds = (performance.now() - begin) / 1000;
  print(`pure tests: ${tests.length} files in ${seconds.toFixed(1)} s`);
  if (seconds <= PURE_SECONDS || unhurried || process.env["CI"] === "true") return tally;
  print(`pure tests must take less than ${PURE_SECONDS} s`);
  return add(tally, { ...NOTHING, failed: 1 });
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
