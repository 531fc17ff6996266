import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));

/** How a process ended: its status is null when a signal ended it. */
export interface ProcessRun {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that runs. */
export interface GmigProcess {
  readonly child: ChildProcess;
  /** Resolves once stderr or stdout holds a text; rejects when the process ends before. */
  readonly says: (text: string) => Promise<void>;
  readonly ended: Promise<ProcessRun>;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Where its output goes; pipes that are read when left out. */
  readonly stdio?: readonly ["ignore" | "pipe", "ignore" | "pipe" | number, "ignore" | "pipe" | number];
}

/** The environment without what a developer's shell or a CI would bring in. */
function environment(more: ProcessOptions["env"] = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => /^(PATH|HOME|TMPDIR|LANG|NODE_V8_COVERAGE)$/.test(name));
  return { ...Object.fromEntries(kept), ...more };
}

/** Starts the real command line, without a terminal, in a process of its own. */
export function startGmig(cwd: string, args: readonly string[], { env, stdio = ["ignore", "pipe", "pipe"] }: ProcessOptions = {}): GmigProcess {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, env: environment(env), stdio: [...stdio] });
  const text = { stdout: "", stderr: "" };
  const listeners = new Set<() => void>();
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => {
      text[name] += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<ProcessRun>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, ...text }));
  });
  return {
    child,
    ended,
    says: async (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if ((text.stdout + text.stderr).includes(wanted)) resolve();
        };
        listeners.add(look);
        look();
        ended.then(({ stdout, stderr }) => reject(new Error(`it ended without saying ${wanted}:\n${stdout}${stderr}`)), reject);
      }),
  };
}

/** Runs the real command line to its end. */
export async function runGmig(cwd: string, args: readonly string[], options: ProcessOptions = {}): Promise<ProcessRun> {
  return startGmig(cwd, args, options).ended;
}
