import type { Repository } from "./repository.js";
import { askGit, runGit } from "./run-git.js";

/** A key in lower case but for its middle part, and one value. */
export type ConfigValue = readonly [key: string, value: string];

/**
 * Returns this clone's own configuration under some sections, each value in the order in which it stands there: what readCloneConfig leaves out of
 * multi-valued keys. `sections` is a regular expression for the beginnings of keys.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function listCloneConfig(repository: Repository, sections: string): Promise<readonly ConfigValue[]> {
  const purpose = "read this clone's configuration";
  const text = await askGit(repository.requireGit(purpose), ["config", "--local", "--no-includes", "--null", "--get-regexp", `^(${sections})`], { purpose, answers: [1] });
  return text
    .split("\0")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const end = pair.indexOf("\n");
      return end < 0 ? [pair, "true"] : [pair.slice(0, end), pair.slice(end + 1)];
    });
}

/**
 * Adds a value behind the others of its section.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function addCloneConfig(repository: Repository, [key, value]: ConfigValue): Promise<void> {
  const purpose = `set ${key}`;
  await runGit(repository.requireGit(purpose), ["config", "--local", "--add", "--", key, value], { purpose });
}

/** Where `core.hooksPath` was said. */
export interface HooksPath {
  readonly value: string;
  /** `local` and `worktree` are this clone's own; `global` and `system` hold for all. */
  readonly scope: string;
}

/**
 * Returns `core.hooksPath` as it is written, or null.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function readHooksPath(repository: Repository): Promise<HooksPath | null> {
  const purpose = "read core.hooksPath";
  const { status, stdout } = await runGit(repository.requireGit(purpose), ["config", "--null", "--show-scope", "--get", "core.hooksPath"], { purpose, answers: [1], hooks: true });
  const [scope = "", value = ""] = stdout.toString("utf8").split("\0");
  return status === 1 ? null : { value, scope };
}
