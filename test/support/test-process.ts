import { spawn } from "node:child_process";
import { type Ending, readUvuReport, type UvuReport } from "./uvu-report.js";

export interface TestProcessOptions {
  /** The Node that runs it. */
  readonly node: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly timeoutMs: number;
}

export interface TestProcessResult extends UvuReport {
  readonly milliseconds: number;
  /** Both streams as they came. */
  readonly output: string;
}

const running = new Set<number>();

/** Runs one built test file in a process and process group of its own, without a terminal, and reads what it reports. */
export function runTestProcess(file: string, options: TestProcessOptions): Promise<TestProcessResult> {
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(options.node, [file], {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // so that what it started ends with it
    });
    let output = "";
    let timedOut = false;
    const keep = (chunk: string) => (output += chunk);
    child.stdout.setEncoding("utf8").on("data", keep);
    child.stderr.setEncoding("utf8").on("data", keep);
    const timer = setTimeout(() => {
      timedOut = true;
      end(child.pid);
    }, options.timeoutMs);
    if (child.pid !== undefined) running.add(child.pid);
    child.on("error", reject);
    child.on("exit", () => end(child.pid)); // a process left behind would hold the streams open
    child.on("close", (status, signal) => {
      clearTimeout(timer);
      const ending: Ending = { status, signal, timedOut };
      resolve({ ...readUvuReport(output, ending), milliseconds: performance.now() - begin, output });
    });
  });
}

/** Ends every test file that still runs, with all that it started. */
export function endTestProcesses(): void {
  for (const pid of running) end(pid);
}

function end(pid: number | undefined): void {
  if (pid === undefined || !running.delete(pid)) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The group has ended already.
  }
}
