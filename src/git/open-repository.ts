import { GmigError } from "../errors.js";
import { chooseReader } from "./choose-reader.js";
import { type Environment, gitEnvironment } from "./environment.js";
import { findPlace } from "./find-place.js";
import { isomorphicFailing } from "./isomorphic-failing.js";
import { nativeReader } from "./native-reader.js";
import type { Place } from "./place.js";
import type { Reader } from "./reader.js";
import type { Repository } from "./repository.js";
import type { Git } from "./run-git.js";

/** What is around a command, as far as git is concerned. */
export interface GitSurroundings {
  readonly cwd: string;
  readonly env: Environment;
  /** The git program, as findGit finds it; null to do without. */
  readonly binary: string | null;
}

async function makeReader(place: Place, git: Git | null, env: Environment): Promise<Reader> {
  const choice = chooseReader(git !== null, () => isomorphicFailing(place, env));
  if (choice.kind === "native" && git !== null) return nativeReader(place, git);
  if (choice.kind === "none") {
    throw new GmigError("GIT_FAILED", `There is no git program, and this repository can't be read without it: ${choice.why}`, { data: { reason: choice.why } });
  }
  const { isomorphicReader } = await import("./isomorphic-reader.js");
  return isomorphicReader(place);
}

/**
 * Finds the repository that a folder belongs to, which need not be there; null outside one. Takes about a millisecond: files are looked at, and nothing
 * is started. GIT_DIR and its like count as they do for git.
 */
export function findRepository(folder: string, { cwd, env, binary }: GitSurroundings): Repository | null {
  const found = findPlace(folder, cwd, gitEnvironment(env, cwd));
  if (found === null) return null;
  const { place } = found;
  const git: Git | null = binary === null ? null : { binary, cwd: place.worktree ?? place.gitDirectory, env: found.env };
  let reader: Promise<Reader> | null = null;
  return {
    ...place,
    git,
    requireGit(purpose) {
      if (git === null) throw new GmigError("GIT_FAILED", `gmig needs the git program to ${purpose}, and there is none on the PATH`, { data: { purpose } });
      return git;
    },
    async reader() {
      reader ??= makeReader(place, git, found.env);
      return reader;
    },
  };
}

/**
 * The same for what has no meaning outside a repository.
 *
 * @throws GmigError NOT_A_REPOSITORY.
 */
export function openRepository(folder: string, surroundings: GitSurroundings): Repository {
  const repository = findRepository(folder, surroundings);
  if (repository === null) throw new GmigError("NOT_A_REPOSITORY", `${folder} does not lie in a Git repository`, { data: { folder } });
  return repository;
}
