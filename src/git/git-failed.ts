import { GmigError } from "../errors.js";

/** Git's own words, without its prefix. What it warns of before it fails is not the reason. */
function reasonOf(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((text) => /^(fatal|error): /.test(text)) ?? lines[0] ?? "";
  return line.replace(/^(fatal|error): /, "").replace(/\.$/, "");
}

function hintOf(stderr: string): string | undefined {
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
export function gitFailed(purpose: string, { status, stderr }: GitEnd): GmigError {
  const reason = reasonOf(stderr);
  const locked = /Unable to create '.*\.lock': File exists|could not lock config file/.test(stderr);
  return new GmigError("GIT_FAILED", `git could not ${purpose}: ${reason === "" ? `it ended with ${status ?? "a signal"}` : reason}`, {
    hint: hintOf(stderr),
    data: { purpose, status, reason, locked },
  });
}
