import { Writable } from "node:stream";
import { Readable } from "node:stream";
import type { CliContext } from "../../src/cli/context.js";
import { runCli } from "../../src/cli/run-cli.js";

export interface CliRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

class Collected extends Writable {
  text = "";

  override _write(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly interactive?: boolean;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly runProgram?: CliContext["runProgram"];
}

/** Runs a command line in this process, as `gmig` would in that folder without a terminal. */
export async function gmig(cwd: string, args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const [stdout, stderr] = [new Collected(), new Collected()];
  const status = await runCli(args, {
    env: { ...options.env },
    gitEnv: { PATH: process.env["PATH"], ...options.env },
    stdin: Readable.from([]),
    stdout,
    stderr,
    colorDepth: 1,
    cwd,
    interactive: options.interactive ?? false,
    colours: { stdout: false, stderr: false },
    signal: options.signal ?? new AbortController().signal,
    now: options.now ?? (() => new Date("2026-11-21T18:30:00Z")),
    runProgram: options.runProgram ?? (async () => 0),
  });
  return { status, stdout: stdout.text, stderr: stderr.text };
}

/** Runs a command line with `--json` and returns what it printed, parsed; throws unless that is one object on stdout and nothing else. */
export async function gmigJson<Result = Record<string, unknown>>(cwd: string, args: readonly string[], options: CliOptions = {}): Promise<{ readonly status: number; readonly json: Result }> {
  const run = await gmig(cwd, [...args, "--json"], options);
  return { status: run.status, json: JSON.parse(run.stdout) as Result };
}
