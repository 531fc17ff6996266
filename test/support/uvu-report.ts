import { stripVTControlCharacters } from "node:util";

/** How a test file's process ended: by status, by signal, or because it took too long. */
export interface Ending {
  readonly status: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
}

export interface UvuReport {
  readonly passed: number;
  /** At least 1 when there is a problem. */
  readonly failed: number;
  /** `name (why)` of each test that was left out. */
  readonly skipped: readonly string[];
  /** Why the file counts as failed although no test says so; undefined when it passed or says so itself. */
  readonly problem: string | undefined;
}

/**
 * What a file's output and end say. uvu itself exits 0 when `.run()` is never called, when a `before` hook throws, and
 * when all but one test are left out by `.only`: here each of these is a failure.
 */
export function readUvuReport(output: string, ending: Ending): UvuReport {
  const lines = stripVTControlCharacters(output).split("\n");
  const counts = (label: string) => lines.flatMap((line) => new RegExp(`^  ${label}: +(\\d+)$`).exec(line)?.[1] ?? []).map(Number);
  const [total, ...more] = counts("Total");
  const passed = counts("Passed")[0] ?? 0;
  const leftOut = counts("Skipped")[0] ?? 0;
  const skipped = lines.flatMap((line) => /^skipped: (.+ \(.+\))$/.exec(line)?.[1] ?? []);
  const problem = findProblem();
  const failed = (total ?? 0) - passed;
  return { passed, failed: problem === undefined ? failed : Math.max(failed, 1), skipped, problem };

  function findProblem(): string | undefined {
    if (ending.timedOut) return "took too long and was ended";
    if (ending.signal !== null) return `was ended by ${ending.signal}`;
    if (total === undefined) return `printed no count and ended with ${ending.status}: does it call .run()?`;
    if (more.length > 0) return "printed several counts";
    if (leftOut !== skipped.length) return "leaves tests out by skip or only without saying why";
    if (total === 0 && leftOut === 0) return "holds no test";
    if (passed < total && !lines.some((line) => line.startsWith("   FAIL  "))) return "has a hook that threw";
    if (passed === total && ending.status !== 0) return `passed, but ended with ${ending.status}`;
    return undefined;
  }
}
