import type { Repository } from "./repository.js";

/**
 * Returns the best common ancestors of two commits, given by id: one as a rule, several after criss-cross merges, none where the histories are unrelated.
 * In a shallow clone the answer may be an older ancestor than the best, where only that one is within the part that was fetched.
 *
 * @throws GmigError GIT_FAILED in a shallow clone that holds none, with the command that fetches the rest.
 */
export async function mergeBases(repository: Repository, left: string, right: string): Promise<readonly string[]> {
  return left === right ? [left] : (await repository.reader()).mergeBases(left, right);
}
