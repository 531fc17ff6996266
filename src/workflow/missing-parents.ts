import { basename } from "node:path";
import type { Config } from "../config/config.js";
import type { RevisionFile } from "../directory/revision-file.js";
import { isCandidate } from "../directory/list-files.js";
import { GmigError } from "../errors.js";
import { filesOnBranches } from "../git/files-on-branches.js";
import { resolveCommit } from "../git/resolve-commit.js";
import { type GraphReading, readGraph } from "../graph/build-graph.js";
import type { Graph } from "../graph/graph.js";
import type { Problem } from "../revision/problem.js";
import { deriveMergeId } from "../revision/revision-id.js";
import { type Checkout, findCheckout } from "./checkout.js";
import { committedHeaders, committedRevisions } from "./committed-revisions.js";

/** The revisions of all branches by id, with their parents and the first branch that has them. */
type Elsewhere = ReadonlyMap<string, { readonly parents: readonly string[]; readonly branch: string }>;

async function revisionsOnBranches(checkout: Checkout, config: Config): Promise<Elsewhere> {
  const { branches } = await filesOnBranches(checkout.repository, checkout.folders, { recursive: config.recursive, remotes: true });
  const found = new Map<string, { readonly parents: readonly string[]; readonly branch: string }>();
  const files = branches.flatMap(({ name: branch, folders }) => folders.flatMap(({ files: list }) => list.filter(({ name }) => isCandidate(basename(name))).map((file) => ({ branch, file }))));
  const headerOf = await committedHeaders(checkout, [...new Map(files.map(({ file }) => [file.id, file])).values()], config.cache);
  for (const { branch, file } of files) {
    const read = headerOf(file);
    if (read != null && "header" in read && !found.has(read.header.revision)) found.set(read.header.revision, { parents: read.header.parents, branch });
  }
  return found;
}

/** The newest revision of the graph among the nearest ancestors of one that it lacks. */
function nearestAncestor(graph: Graph, elsewhere: Elsewhere, missing: string): string | null {
  const seen = new Set([missing]);
  let best: { readonly revision: string; readonly rank: number } | null = null;
  for (const id of seen) {
    const node = graph.nodes.get(id);
    if (node !== undefined) best = best === null || node.rank > best.rank ? node : best;
    else for (const parent of elsewhere.get(id)?.parents ?? []) seen.add(parent);
  }
  return best === null ? null : best.revision;
}

function explained(problem: Problem, graph: Graph, elsewhere: Elsewhere): Problem {
  const { missing = "", revisions, file } = problem;
  const place = elsewhere.get(missing);
  if (problem.code !== "PARENT_MISSING" || place === undefined) return problem;
  const near = nearestAncestor(graph, elsewhere, missing);
  const [revision = ""] = revisions;
  const ancestor = near === null ? "none of its ancestors is" : `its nearest ancestor here is ${near}`;
  return {
    ...problem,
    message: `Revision ${revision}${file === undefined ? "" : ` (${file})`} follows ${missing}, which is on ${place.branch} but not in this checkout; ${ancestor}`,
    hint: near === null ? `git merge ${place.branch}` : `gmig rebase ${revision} --onto ${near}`,
  };
}

/** The ids that HEAD has; none before the first commit. */
async function committedIds(checkout: Checkout, config: Config): Promise<ReadonlySet<string>> {
  try {
    const commit = await resolveCommit(checkout.repository, "HEAD");
    const { revisions } = await committedRevisions(checkout, commit, "HEAD", config);
    return new Set(revisions.map(({ revision }) => revision));
  } catch (error) {
    if (error instanceof GmigError && error.code === "REVISION_NOT_FOUND") return new Set();
    throw error;
  }
}

async function isStray(checkout: Checkout, config: Config, candidates: readonly RevisionFile[]): Promise<readonly RevisionFile[]> {
  if (candidates.length === 0) return [];
  const committed = await committedIds(checkout, config);
  return candidates.filter(({ revision }) => !committed.has(revision));
}

function strayProblem({ revision, parents, file }: RevisionFile, present: ReadonlySet<string>): Problem {
  const missing = parents.filter((id) => !present.has(id));
  return {
    code: "MERGE_STRAY",
    message: `Merge revision ${revision} (${file}) is not committed, and ${missing.join(" and ")}, which it joins, ${missing.length === 1 ? "is" : "are"} not in this checkout: it is left out`,
    revisions: [revision],
    file,
    hint: `rm '${file}'`,
  };
}

/**
 * Tells more of missing parents, as far as the branches of the repository know them: which branch has them, and the nearest ancestor that is here. An
 * uncommitted merge revision whose parents are not all here was left behind by another branch; it is left out of the reading.
 */
export async function explainMissing(
  config: Config,
  files: readonly RevisionFile[],
  reading: GraphReading,
): Promise<{ readonly reading: GraphReading; readonly strays: readonly Problem[] }> {
  const checkout = findCheckout(config);
  if (checkout === null) return { reading, strays: [] };
  try {
    const present = new Set(files.map(({ revision }) => revision));
    const lacking = files.filter(({ parents }) => parents.some((id) => !present.has(id)));
    const strays = await isStray(checkout, config, lacking.filter(({ revision, parents }) => parents.length > 1 && revision === deriveMergeId(parents)));
    const rest = strays.length === 0 ? reading : readGraph(files.filter((file) => !strays.includes(file)));
    const isComplete = !rest.problems.some(({ code }) => code === "PARENT_MISSING");
    const elsewhere: Elsewhere = isComplete ? new Map() : await revisionsOnBranches(checkout, config);
    return {
      reading: { graph: rest.graph, problems: rest.problems.map((problem) => explained(problem, rest.graph, elsewhere)) },
      strays: strays.map((file) => strayProblem(file, present)),
    };
  } catch (error) {
    if (error instanceof GmigError) return { reading, strays: [] };
    throw error;
  }
}
