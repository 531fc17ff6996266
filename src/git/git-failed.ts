import { dirname, resolve } from "node:path";
import { command, GmigError } from "../errors.js";
import { nearestThere } from "../write-failed.js";

/** Git's own words, without its prefix. What it warns of before it fails is not the reason. */
function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((text) => /^(fatal|error): /.test(text)) ?? lines[0] ?? "";
  return line.replace(/^(fatal|error): /, "").replace(/\.$/, "");
}

/** The lock file that another git process made, or left behind. */
function lockFile(stderr: string): string | undefined {
  const config = /could not lock config file (.+): File exists/.exec(stderr)?.[1];
  return config === undefined ? /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1] : `${config}.lock`;
}

/** What git was not allowed to write to. */
function forbidden(stderr: string): string | undefined {
  const [, file, config, folder, database] =
    /'(.+)': Permission denied|could not lock config file (.+): Permission denied|unable to create directory for (.+)|insufficient permission .*database (.+)/.exec(stderr) ?? [];
  const inside = file ?? config ?? folder;
  return inside === undefined ? database : dirname(inside);
}

/** Git names files from where it ran. */
function hintOf(stderr: string, cwd: string): string | undefined {
  const lock = lockFile(stderr);
  if (lock !== undefined) return `wait until the other git process is done; if there is none: ${command`rm ${resolve(cwd, lock)}`}`;
  if (/No space left on device|Read-only file system|Out of diskspace|failed to write new configuration file/.test(stderr)) return command`df -h ${cwd}`;
  const path = forbidden(stderr);
  if (path !== undefined) return command`ls -ld ${nearestThere(resolve(cwd, path))}`;
  // Git names the very command when a repository belongs to another user.
  return /^\s*(git config --global --add safe\.directory .+)$/m.exec(stderr)?.[1];
}

/** How a git process ended. */
export interface GitEnd {
  /** Null when a signal ended it. */
  readonly status: number | null;
  readonly stderr: string;
}

/**
 * The error for a git command that failed: what it was for, and the line of its standard error that says why. `data.locked` is true when another git
 * process holds the index or a reference, which a hook passes over in silence.
 */
export function gitFailed(purpose: string, { status, stderr }: GitEnd, cwd: string): GmigError {
  const reason = reasonOf(stderr);
  const locked = lockFile(stderr) !== undefined;
  return new GmigError("GIT_FAILED", `git could not ${purpose}: ${reason === "" ? `it ended with ${status ?? "a signal"}` : reason}`, {
    hint: hintOf(stderr, cwd),
    data: { purpose, status, reason, locked },
  });
}
