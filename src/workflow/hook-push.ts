import type { Config } from "../config/config.js";
import type { Repository } from "../git/repository.js";
import { readGraph } from "../graph/build-graph.js";
import { isRealHead } from "../graph/heads.js";
import { joinHeaders } from "../merge/join-headers.js";
import { requireCheckout } from "./checkout.js";
import { committedRevisions } from "./committed-revisions.js";
import { editedFindings } from "./edited-findings.js";

/** A line of what Git tells pre-push: githooks(5). */
interface Push {
  readonly localRef: string;
  readonly local: string;
  readonly remoteRef: string;
  readonly remote: string;
}

function isNothing(id: string): boolean {
  return /^0+$/.test(id);
}

function parsePushes(input: string): readonly Push[] {
  return input.split("\n").flatMap((line) => {
    const [localRef, local, remoteRef, remote] = line.split(" ");
    return remote === undefined || localRef === undefined || local === undefined || remoteRef === undefined ? [] : [{ localRef, local, remoteRef, remote }];
  });
}

async function isHere(repository: Repository, commit: string): Promise<boolean> {
  return !isNothing(commit) && (await (await repository.reader()).readObjects([commit])).has(commit);
}

/**
 * Looks at what is about to be pushed: a branch whose revisions have several real heads, or that has edited or deleted a revision which the remote has.
 * Returns what speaks against it, a line each.
 */
export async function hookPush(config: Config, input: string): Promise<readonly string[]> {
  const checkout = requireCheckout(config);
  const options = { cache: config.cache, recursive: config.recursive };
  const lines: string[] = [];
  for (const { localRef, local, remoteRef, remote } of parsePushes(input)) {
    if (isNothing(local)) continue;
    const mine = await committedRevisions(checkout, local, localRef, options);
    const { graph, problems } = readGraph(mine.revisions);
    const heads = [...graph.nodes.values()].filter(isRealHead).map(({ revision }) => revision);
    lines.push(...[...mine.problems, ...problems].map(({ message }) => message));
    if (heads.length > 1) lines.push(`${localRef} has ${heads.length} heads: ${heads.join(" and ")}`);
    if (!(await isHere(checkout.repository, remote))) continue;
    const theirs = await committedRevisions(checkout, remote, remoteRef, options);
    const { deleted, changed } = joinHeaders(theirs.revisions, mine.revisions, theirs.revisions);
    lines.push(...deleted.map((revision) => `${localRef} has deleted revision ${revision}, which is published in ${remoteRef}`));
    lines.push(...(await editedFindings(checkout, changed, remoteRef)).map(({ message }) => message));
  }
  return lines;
}
