import { objectsMissing } from "./fetch-hints.js";
import { parseTree, type TreeEntry } from "./git-object.js";
import type { Repository } from "./repository.js";

/**
 * Returns what a stored tree holds itself, folders as entries.
 *
 * @throws GmigError GIT_FAILED when it is not here.
 */
export async function treeEntries(repository: Repository, tree: string): Promise<readonly TreeEntry[]> {
  const object = (await (await repository.reader()).readObjects([tree])).get(tree);
  if (object?.type !== "tree") throw objectsMissing(repository, `the tree ${tree}`, [tree]);
  return parseTree(object.bytes, tree.length / 2);
}
