import type { Config } from "../config/config.js";
import { ensureCloneId, readCloneId } from "../git/clone-id.js";
import { findGit } from "../git/find-git.js";
import { readHead } from "../git/head.js";
import { findRepository } from "../git/open-repository.js";
import { pathIn } from "../git/path-in.js";
import type { Repository } from "../git/repository.js";
import { GmigError } from "../errors.js";
import { type GitContext, NO_GIT } from "./actor.js";

/** The repository that a project lies in, and where its revisions are in there. */
export interface Checkout {
  readonly repository: Repository;
  /** The revisions folders from the repository's top; one outside it is left out. */
  readonly folders: readonly string[];
}

/** Opens the repository around a project; null where there is none. */
export function findCheckout(config: Config): Checkout | null {
  const env = config.gitEnv;
  const repository = findRepository(config.root, { cwd: config.root, env, binary: findGit(env) });
  if (repository === null) return null;
  return { repository, folders: config.migrations.flatMap((folder) => pathIn(repository, folder) ?? []) };
}

/**
 * Opens the repository around a project, for what has no meaning without one.
 *
 * @throws GmigError NOT_A_REPOSITORY.
 */
export function requireCheckout(config: Config): Checkout {
  const checkout = findCheckout(config);
  if (checkout !== null) return checkout;
  throw new GmigError("NOT_A_REPOSITORY", `${config.root} does not lie in a Git repository`, { hint: "git init", data: { folder: config.root } });
}

/**
 * Returns what the ledger keeps of where a command runs. Only a command that writes gives this clone its name. A repository that cannot be read is
 * no reason not to go on.
 */
export async function gitContext(config: Config, writes: boolean): Promise<GitContext> {
  try {
    const repository = findCheckout(config)?.repository;
    if (repository === undefined) return NO_GIT;
    const { branch, commit } = await readHead(repository);
    return { branch, commit, origin: writes ? ensureCloneId(repository) : readCloneId(repository) };
  } catch (error) {
    if (error instanceof GmigError) return NO_GIT;
    throw error;
  }
}
