import { spawnSync } from "node:child_process";

/** Something to time: a command line, and what has to be done before each run of it. */
export interface Contender {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly before?: () => Promise<void> | void;
}

export interface Timing {
  readonly name: string;
  /** Milliseconds of wall time, in the order of the rounds. */
  readonly times: readonly number[];
}

function runOnce({ command, cwd, env }: Contender): number {
  const [program = "", ...args] = command;
  const { NODE_EXTRA_CA_CERTS: _slow, ...inherited } = process.env;
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { cwd, env: { ...inherited, ...env }, encoding: "utf8" });
  const taken = performance.now() - start;
  if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}: ${stderr}`);
  return taken;
}

/** Runs all contenders once in each round, so that whatever slows the machine slows all of them; `uncounted` rounds come first. */
export async function interleave(contenders: readonly Contender[], rounds: number, uncounted = 1): Promise<readonly Timing[]> {
  const times = contenders.map((): number[] => []);
  for (let round = -uncounted; round < rounds; round++) {
    for (const [index, contender] of contenders.entries()) {
      await contender.before?.();
      const taken = runOnce(contender);
      if (round >= 0) times[index]?.push(taken);
    }
  }
  return contenders.map(({ name }, index) => ({ name, times: times[index] ?? [] }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** The median over the rounds of the ratio to another contender in the same round. */
export function ratio(timing: Timing, base: Timing): number {
  return median(timing.times.map((time, round) => time / (base.times[round] ?? time)));
}
