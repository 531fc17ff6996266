import type { Repository } from "./repository.js";
import { askGit, type Git, runGit } from "./run-git.js";

/** `KEY\nVALUE\0` pairs; a name without a value is true. */
function parseValues(text: string): ReadonlyMap<string, string> {
  const pairs = text.split("\0").filter((pair) => pair !== "");
  return new Map(
    pairs.map((pair) => {
      const end = pair.indexOf("\n");
      return end < 0 ? [pair, "true"] : [pair.slice(0, end), pair.slice(end + 1)];
    }),
  );
}

/**
 * Returns what this clone's own configuration says under `gmig.`, by key in lower case: `gmig.sync`, `gmig.merge`, `gmig.push`, `gmig.folder`. Neither what
 * the user says for all clones nor a file that is included counts, and never one that is committed: checking out a branch can't change it.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function readCloneConfig(repository: Repository): Promise<ReadonlyMap<string, string>> {
  const git = repository.requireGit("read this clone's configuration");
  const text = await askGit(git, ["config", "--local", "--no-includes", "--null", "--get-regexp", "^gmig\\."], { purpose: "read this clone's configuration", answers: [1] });
  return parseValues(text);
}

/**
 * Sets a value in this clone's own configuration, or with null removes it.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function setCloneConfig(repository: Repository, key: string, value: string | null): Promise<void> {
  const purpose = `set ${key}`;
  const git = repository.requireGit(purpose);
  if (value === null) await runGit(git, ["config", "--local", "--unset-all", "--", key], { purpose, answers: [5] });
  else await runGit(git, ["config", "--local", "--replace-all", "--", key, value], { purpose });
}

/** Who git says the user is; null where it does not. */
export interface Identity {
  readonly name: string | null;
  readonly email: string | null;
}

/** Returns `user.name` and `user.email` as they hold in a folder, also outside a repository. */
export async function readIdentity(git: Git): Promise<Identity> {
  const text = await askGit(git, ["config", "--null", "--get-regexp", "^user\\.(name|email)$"], { purpose: "read who you are", answers: [1] });
  const values = parseValues(text);
  return { name: values.get("user.name") ?? null, email: values.get("user.email") ?? null };
}
