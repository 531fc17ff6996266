import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "./cache-folder.js";
import { builtFile, ROOT, type TestName } from "./find-tests.js";
import { runTestProcess, type TestProcessResult } from "./test-process.js";

/** What a test that takes this long is named for. */
const SLOW_MS = 10_000;

export interface RunTestsOptions {
  readonly node: string;
  readonly env: NodeJS.ProcessEnv;
  readonly atOnce: number;
  readonly timeoutMs: number;
  /** Takes whole lines. */
  readonly print: (text: string) => void;
}

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: [] };

/** Several parts' counts as one. */
export function add(...tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

/** Runs each file in a process of its own, `atOnce` at a time, those first that took longest last time; prints what fails and what is slow. */
export async function runTests(tests: readonly TestName[], options: RunTestsOptions): Promise<Tally> {
  const times = readTimes();
  const queue = tests.toSorted((a, b) => (times[b] ?? Infinity) - (times[a] ?? Infinity));
  const results: TestProcessResult[] = [];
  const work = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      const result = await runTestProcess(builtFile(name), { ...options, cwd: ROOT });
      times[name] = Math.round(result.milliseconds);
      results.push(result);
      report(name, result, options.print);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  writeFileSync(timesFile(), JSON.stringify(times));
  return add(...results);
}

/** The last line of every run. */
export function summary({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

function report(name: TestName, result: TestProcessResult, print: (text: string) => void): void {
  const seconds = (result.milliseconds / 1000).toFixed(1);
  if (result.failed > 0) {
    print(`\n── test/${name}: ${result.failed} failed${result.problem === undefined ? "" : `: it ${result.problem}`}`);
    print(`${result.output.trimEnd()}\n`);
  } else if (result.milliseconds > SLOW_MS) print(`slow: test/${name} took ${seconds} s`);
}

function timesFile(): string {
  return join(cacheFolder(), "times.json");
}

function readTimes(): Record<TestName, number> {
  try {
    return JSON.parse(readFileSync(timesFile(), "utf8")) as Record<TestName, number>;
  } catch {
    return {};
  }
}
