import { availableParallelism } from "node:os";
import { delimiter, dirname } from "node:path";
import { parseArgs } from "node:util";
import { findTests } from "./find-tests.js";
import { NODE_MAJORS, nodeBinary } from "./node-binary.js";
import { DEFAULT_MAJOR, POSTGRES_MAJORS } from "./postgres-binaries.js";
import { runOnServer } from "./run-on-server.js";
import { add, NOTHING, type RunTestsOptions, summary, type Tally } from "./run-tests.js";
import { isDatabaseTest, isNodeTest } from "./test-kind.js";
import { endTestProcesses } from "./test-process.js";

// npm run test:matrix [-- PART… --postgres 14,18 --node 24]: the tests that a database decides, on the majors of
// PostgreSQL that npm test does not take, and those of the command line and the package on each supported Node.

process.exitCode = await main();

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { postgres: { type: "string" }, node: { type: "string" } },
  });
  process.on("exit", endTestProcesses);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

  const none = values.postgres === undefined && values.node === undefined;
  const postgres = none ? POSTGRES_MAJORS.filter((major) => major !== DEFAULT_MAJOR) : numbers(values.postgres);
  const nodes = none ? NODE_MAJORS : numbers(values.node);
  const tests = findTests(positionals);
  const parts: Tally[] = [];
  for (const major of postgres) {
    parts.push(await runPart(`PostgreSQL ${major}`, tests.filter(isDatabaseTest), major, process.execPath));
  }
  for (const major of nodes) {
    parts.push(await runPart(`Node ${major}`, tests.filter(isNodeTest), DEFAULT_MAJOR, await nodeBinary(major)));
  }
  const tally = add(...parts);
  for (const skipped of tally.skipped) print(`skipped: ${skipped}`);
  print(summary(tally));
  return tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}

async function runPart(title: string, tests: readonly string[], major: number, node: string): Promise<Tally> {
  if (tests.length === 0) return NOTHING;
  const begin = performance.now();
  const options: RunTestsOptions = {
    node,
    env: { ...process.env, NO_COLOR: "1", PATH: `${dirname(node)}${delimiter}${process.env["PATH"]}` },
    atOnce: availableParallelism(),
    timeoutMs: 300_000,
    print,
  };
  const tally = await runOnServer(tests, major, options);
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  print(`${title}: ${tally.passed} of ${tally.passed + tally.failed} tests in ${tests.length} files, ${seconds} s`);
  return { ...tally, skipped: tally.skipped.map((skipped) => `${title}: ${skipped}`) };
}

function numbers(list: string | undefined): readonly number[] {
  return list === undefined || list === "" ? [] : list.split(",").map(Number);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
