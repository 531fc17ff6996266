import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { GmigError } from "../errors.js";
import type { Environment } from "./environment.js";
import { type GitEnd, gitFailed } from "./git-failed.js";

/** The git program, where it runs, and with what. */
export interface Git {
  readonly binary: string;
  readonly cwd: string;
  readonly env: Environment;
}

export interface GitOptions {
  /** What the command is for, as it goes on after "git could not". */
  readonly purpose: string;
  /** What the command reads from its standard input. */
  readonly input?: string | Uint8Array;
  /** Exit statuses that are answers, besides 0. */
  readonly answers?: readonly number[];
  /** Whether the repository's hooks may run. Only for what the user sees as an act of their own. */
  readonly hooks?: boolean;
  /** Whether objects that a partial clone lacks may be fetched. */
  readonly fetch?: boolean;
}

export interface GitOutput {
  readonly status: number;
  readonly stdout: Buffer;
}

/**
 * Nothing that a repository holds or configures runs through a read:
 * aliases     git never lets one stand for a built-in command, and nothing else is called;
 * fsmonitor   switched off here, or any read of the index would start it;
 * hooks       looked for in a folder that is none (a write to a reference runs reference-transaction, one to the index post-index-change);
 * pagers      git starts one for a terminal only, and these outputs are pipes;
 * filters, textconv, external diff   only commands that compare objects and index are used (`diff-index --cached`, `cat-file`, `ls-files`),
 *             never one that looks at a working file or formats a patch; `git add` alone runs the user's own filters, as it must;
 * transports  a missing object of a partial clone is not fetched, and no protocol is allowed where git is older than GIT_NO_LAZY_FETCH;
 * prompts     git asks nobody for a password.
 * `--no-optional-locks` keeps a read from writing the refreshed index; paths are names, not patterns.
 */
function switchesFor({ hooks = false }: GitOptions): readonly string[] {
  const switches = ["--no-optional-locks", "--literal-pathspecs", "-c", "core.fsmonitor=false"];
  return hooks ? switches : [...switches, "-c", "core.hooksPath=/dev/null"];
}

function environmentFor(env: Environment, { fetch = false }: GitOptions): Environment {
  // Messages are recognised by their English text.
  const base = { ...env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0" };
  return fetch ? base : { ...base, GIT_NO_LAZY_FETCH: "1", GIT_ALLOW_PROTOCOL: "none" };
}

/** A git process at work: its output as it comes, and how it ends. */
export interface GitProcess {
  readonly stdout: AsyncIterable<Buffer>;
  /** Resolves when it has ended and all its output has arrived. */
  readonly end: Promise<GitEnd>;
  /** Ends it before it is done; harmless afterwards. */
  stop(): void;
}

/** Starts git; its standard output is to be read or the process stopped. */
export function startGit(git: Git, args: readonly string[], options: GitOptions): GitProcess {
  const env = { ...environmentFor(git.env, options) };
  let child: ChildProcessWithoutNullStreams;
  try {
    child = spawn(git.binary, [...switchesFor(options), ...args], { cwd: git.cwd, env, windowsHide: true });
  } catch (cause) {
    // A null byte in an argument, or an environment that is too large.
    throw new GmigError("GIT_FAILED", `git could not ${options.purpose}: ${(cause as Error).message}`, { cause, data: { purpose: options.purpose } });
  }
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const end = new Promise<GitEnd>((resolve, reject) => {
    child.on("error", (cause) => {
      reject(new GmigError("GIT_FAILED", `git could not be started in ${git.cwd}: ${cause.message}`, { cause, data: { purpose: options.purpose } }));
    });
    child.on("close", (status) => {
      resolve({ status, stderr: Buffer.concat(said).toString("utf8") });
    });
  });
  // Whoever stops reading early does not ask how it ended.
  end.catch(() => undefined);
  // A git that fails early closes its input while we write: its exit status says more.
  child.stdin.on("error", () => undefined);
  child.stdin.end(options.input ?? "");
  return { stdout: child.stdout, end, stop: () => void child.kill() };
}

/**
 * Runs git and returns what it printed.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function runGit(git: Git, args: readonly string[], options: GitOptions): Promise<GitOutput> {
  const child = startGit(git, args, options);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  const { status, stderr } = await child.end;
  if (status === null || (status !== 0 && options.answers?.includes(status) !== true)) throw gitFailed(options.purpose, { status, stderr }, git.cwd);
  return { status, stdout: Buffer.concat(chunks) };
}

/** Runs git and returns the text that it printed, without the last line's end. */
export async function askGit(git: Git, args: readonly string[], options: GitOptions): Promise<string> {
  const { stdout } = await runGit(git, args, options);
  return stdout.toString("utf8").replace(/\n$/, "");
}
