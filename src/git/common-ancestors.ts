/** Walks all that is reachable from a commit, which it counts itself. */
async function reach(from: string, parentsOf: (commit: string) => Promise<readonly string[]>): Promise<ReadonlySet<string>> {
  const reached = new Set([from]);
  for (const commit of reached) for (const parent of await parentsOf(commit)) reached.add(parent);
  return reached;
}

/**
 * Returns the best common ancestors of two commits: the common ones that no other common one descends from, in no particular order. Reads both whole
 * histories, and each commit once.
 */
export async function commonAncestors(left: string, right: string, parentsOf: (commit: string) => Promise<readonly string[]>): Promise<readonly string[]> {
  const parents = new Map<string, readonly string[]>();
  const remembered = async (commit: string): Promise<readonly string[]> => {
    const known = parents.get(commit) ?? (await parentsOf(commit));
    parents.set(commit, known);
    return known;
  };
  const ofLeft = await reach(left, remembered);
  const ofRight = await reach(right, remembered);
  const common = [...ofLeft].filter((commit) => ofRight.has(commit));
  // What is common stays so in all its ancestors, so a common commit's parents are the ones beneath another.
  const beneath = new Set(common.flatMap((commit) => parents.get(commit) ?? []));
  return common.filter((commit) => !beneath.has(commit));
}
