import { spawn } from "node:child_process";
import type { CliContext } from "./context.js";
import { runCli } from "./run-cli.js";

// The only user of `process`.
const { env, stdin, stdout, stderr } = process;
const interrupt = new AbortController();

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // A second Ctrl-C does not wait for the current step to roll back.
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  });
}

// `gmig history | head` closes the pipe: that is no error.
for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}

function showsColours(stream: NodeJS.WriteStream): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return stream.isTTY && env["TERM"] !== "dumb";
}

const context: CliContext = {
  env,
  stdin,
  stdout,
  stderr,
  colorDepth: 1,
  cwd: process.cwd(),
  interactive: stdin.isTTY && stdout.isTTY && (env["CI"] ?? "") === "",
  colours: { stdout: showsColours(stdout), stderr: showsColours(stderr) },
  signal: interrupt.signal,
  now: () => new Date(),
  async runProgram(command, args) {
    return new Promise((resolve, reject) => {
      spawn(command, args, { stdio: "inherit", shell: true })
        .on("error", reject)
        .on("close", (status) => resolve(status ?? 1));
    });
  },
};

/** Resolves when everything written so far has left this process. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write("", () => resolve());
  });
}

const status = await runCli(process.argv.slice(2), context);
await Promise.all([flushed(stdout), flushed(stderr)]);
// A configuration or a model of the project may hold connections open, which would keep the process alive for ever.
process.exit(status);
