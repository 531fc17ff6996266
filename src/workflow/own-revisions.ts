import { GmigError } from "../errors.js";
import { readHead } from "../git/head.js";
import { resolveCommit } from "../git/resolve-commit.js";
import { upstreamOf } from "../git/upstream.js";
import { type Checkout, requireCheckout } from "./checkout.js";
import { committedRevisions, requireReadable } from "./committed-revisions.js";
import type { Project } from "./project.js";

/** Where work usually comes from, for a branch that follows none. */
const MAIN_BRANCHES = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/** The commit of the branch that this one comes from: its upstream, unless that is its own copy on the remote; else the main branch. */
async function upstreamCommit({ repository }: Checkout): Promise<{ readonly name: string; readonly commit: string }> {
  const { branch } = await readHead(repository);
  const upstream = branch === null ? null : await upstreamOf(repository, branch);
  const isOwnCopy = upstream !== null && branch !== null && upstream.name.endsWith(`/${branch}`);
  const names = [...(upstream === null || isOwnCopy ? [] : [upstream.name]), ...MAIN_BRANCHES.filter((name) => name !== branch), ...(isOwnCopy ? [upstream.name] : [])];
  for (const name of names) {
    try {
      return { name, commit: await resolveCommit(repository, name) };
    } catch (error) {
      if (!(error instanceof GmigError) || error.code !== "REVISION_NOT_FOUND") throw error;
    }
  }
  throw new GmigError("REVISION_NOT_FOUND", "This branch follows no other, so that it cannot be told which revisions are its own", { hint: "gmig rebase REV --onto REV" });
}

/**
 * Returns the revisions of this checkout that the branch which it comes from lacks.
 *
 * @throws GmigError NOT_A_REPOSITORY, REVISION_NOT_FOUND when the branch comes from none, GIT_FAILED, REVISION_MALFORMED and its like for a file there.
 */
export async function ownRevisions(project: Project): Promise<readonly string[]> {
  const { cache, recursive } = project.config;
  const checkout = requireCheckout(project.config);
  const upstream = await upstreamCommit(checkout);
  const { revisions, problems } = await committedRevisions(checkout, upstream.commit, upstream.name, { cache, recursive });
  requireReadable(problems);
  const theirs = new Set(revisions.map(({ revision }) => revision));
  return [...project.graph.nodes.keys()].filter((id) => !theirs.has(id));
}
