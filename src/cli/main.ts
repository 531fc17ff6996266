import { spawn } from "node:child_process";
import { Console } from "node:console";
import { GmigError } from "../errors.js";
import type { CliContext } from "./context.js";
import { errorText } from "./output/print-error.js";
import { reportError } from "./report-error.js";
import { runCli } from "./run-cli.js";
import { styleFor } from "./style.js";

// The only user of `process`.
const { env, stdout, stderr } = process;
const args = process.argv.slice(2);
const interrupt = new AbortController();
/** Whether an editor has the terminal: Ctrl-C is meant for it then. */
let isLent = false;
/** What went wrong beside the command: told once it is done. */
let stray: GmigError | null = null;
let isDone = false;
/**
 * Whether models are imported, and nothing of the project's changes anything. With them come queues and mailers, which connect at once: that these
 * find nobody, or mean to end everything then, is not the command's matter.
 */
const importsModels = args.includes("--models") || args.includes("--autogenerate");
/** What such code threw beside the command. */
const beside = new Map<string, unknown>();

function showsColours(stream: NodeJS.WriteStream): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return stream.isTTY && env["TERM"] !== "dumb";
}

/** In a hook, what ties the environment to one repository is for Git's ears alone: the project's own code must not inherit it. */
function separateGit(): CliContext["gitEnv"] {
  const whole = { ...env };
  if (args[0] === "hook") for (const name of Object.keys(env)) if (/^GIT_(?!SSH|ASKPASS|EDITOR|PAGER|TERMINAL|AUTHOR|COMMITTER)/.test(name)) delete env[name];
  return whole;
}

const surroundings: Omit<CliContext, "stdin"> = {
  gitEnv: separateGit(),
  env,
  stdout,
  stderr,
  colorDepth: 1,
  cwd: process.cwd(),
  interactive: stdout.isTTY && process.stdin.isTTY && (env["CI"] ?? "") === "",
  colours: { stdout: showsColours(stdout), stderr: showsColours(stderr) },
  signal: interrupt.signal,
  now: () => new Date(),
  async runProgram(command, words) {
    isLent = true;
    // As Git does it: the command may have arguments of its own, and a path is one word whatever is in it.
    const program = process.platform === "win32" ? spawn(`${command} ${words.map((word) => `"${word}"`).join(" ")}`, { stdio: "inherit", shell: true }) : spawn("sh", ["-c", `${command} "$@"`, command, ...words], { stdio: "inherit" });
    return new Promise<number>((resolve, reject) => {
      program.on("error", reject).on("close", (status) => resolve(status ?? 1));
    }).finally(() => {
      isLent = false;
    });
  },
};
// Opening it takes two milliseconds, and few commands read: so it is not copied along with the rest either.
const context = Object.defineProperty(surroundings, "stdin", { get: () => process.stdin }) as CliContext;

const exit = process.exit.bind(process);

function end(status: number): void {
  isDone = true;
  exit(status);
}

if (importsModels) {
  process.exit = (status) => {
    if (isDone) exit(status);
    throw new GmigError("INTERRUPTED", `process.exit(${status ?? ""}) was called, and was not heard`);
  };
}

/** Notes what nothing of gmig's threw; false where it has to be told as an error. */
function isBeside(thrown: unknown): boolean {
  if (!importsModels || (thrown instanceof GmigError && thrown.code !== "INTERRUPTED")) return false;
  beside.set(thrown instanceof Error ? thrown.message : String(thrown), thrown);
  return true;
}

async function besideTexts(): Promise<string> {
  if (beside.size === 0) return "";
  const { locateIn } = await import("../workflow/locate.js");
  const { dim, message: shown } = styleFor(context.colours.stderr);
  const locate = locateIn(process.cwd());
  return [...beside].map(([message, thrown]) => `${dim("note:")} ${shown(`beside the command, something that the models import failed: ${message}${placeOf(locate(thrown))}`)}\n`).join("");
}

function placeOf(place: string | null): string {
  return place === null ? "" : ` (${place})`;
}

function endWith(error: GmigError): void {
  end(reportError(error, args, context));
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (isLent) return;
    // A second Ctrl-C does not wait for the current step to roll back.
    if (interrupt.signal.aborted) endWith(new GmigError("INTERRUPTED", "Interrupted twice, and ended at once: the database rolls the current step back", { hint: "gmig status" }));
    interrupt.abort();
  });
}

for (const stream of [stdout, stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // `gmig history | head` has enough at some point: that is no error, and no reason to stop in the middle of a step.
    if (error.code !== "EPIPE") stray ??= new GmigError("WRITE_FAILED", `The output could not be written: ${error.message}`, { cause: error });
  });
}

process.on("unhandledRejection", (thrown) => {
  if (isBeside(thrown)) return;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  stray ??= thrown instanceof GmigError ? thrown : new GmigError("STEP_FAILED", `Something that nobody waits for failed: ${message}`, { cause: thrown, hint: "look for a missing await in the revisions and the configuration" });
});

process.on("uncaughtException", (thrown) => {
  if (!isBeside(thrown)) endWith(thrown instanceof GmigError ? thrown : new GmigError("INTERNAL", `Something was thrown where nothing could catch it: ${thrown.message}`, { cause: thrown }));
});

process.on("exit", () => {
  if (isDone) return;
  const before = [...beside.keys()].map((message) => `\n  ${message}`).join("");
  const message = `The process ended before gmig was done: something of the project's called process.exit, or waits for what never comes${before}`;
  process.exitCode = reportError(new GmigError("INTERRUPTED", message, { hint: "gmig status" }), args, context);
});

// What a configuration or a revision prints is no part of the result.
globalThis.console = new Console(stderr, stderr);

/** Resolves when everything written so far has left this process. */
async function flushed(stream: NodeJS.WriteStream): Promise<void> {
  await new Promise<void>((resolve) => {
    stream.write("", () => resolve());
  });
}

async function main(): Promise<void> {
  const status = await runCli(args, context);
  await flushed(stdout);
  if (stray !== null) stderr.write(`${errorText(stray, stray.hint, styleFor(context.colours.stderr))}\n`);
  stderr.write(await besideTexts());
  await flushed(stderr);
  // A configuration or a model of the project may hold connections open, which would keep the process alive for ever.
  end(status === 0 && stray !== null ? stray.exitStatus : status);
}

void main();
