import { randomInt } from "node:crypto";

/** What fast-check's `assert` takes. */
export interface Runs {
  readonly numRuns: number;
  readonly seed: number;
}

const LONG = process.env["GMIG_TEST_LONG"] === "1";
const SEED = Number(process.env["GMIG_TEST_SEED"] ?? (LONG ? randomInt(2 ** 31) : 1));

/**
 * How often to run a property, and from which seed: `short` times from a fixed seed, so that a red run is the change's
 * fault; under `npm run test:long` `long` times from a seed that is new each time and printed, a tenth of it in CI.
 */
export function runs(short: number, long: number): Runs {
  const tenth = Math.max(short, Math.ceil(long / 10));
  return { numRuns: LONG ? (process.env["CI"] === "true" ? tenth : long) : short, seed: SEED };
}
