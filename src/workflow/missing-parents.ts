import { basename } from "node:path";
import type { Config } from "../config/config.js";
import type { RevisionFile } from "../directory/revision-file.js";
import { isCandidate } from "../directory/list-files.js";
import { command, GmigError } from "../errors.js";
import { deletedFiles } from "../git/deleted-files.js";
import { mergeCommand } from "../git/fetch-hints.js";
import { filesOnBranches } from "../git/files-on-branches.js";
import { resolveCommit } from "../git/resolve-commit.js";
import { type GraphReading, readGraph } from "../graph/build-graph.js";
import type { Graph } from "../graph/graph.js";
import type { Problem } from "../revision/problem.js";
import { deriveMergeId } from "../revision/revision-id.js";
import { type Checkout, findCheckout } from "./checkout.js";
import { committedHeaders, committedRevisions } from "./committed-revisions.js";

/** A revision that this checkout lacks: its parents, where it is or was, as the end of "which …", and what brings it here. */
interface Distant {
  readonly parents: readonly string[];
  readonly where: string;
  readonly bring: string;
}

/** Revisions that are not in this checkout, by id. */
type Elsewhere = ReadonlyMap<string, Distant>;

/** Commits are named by this many digits in lists for people. */
const SHORT = 10;

/** The revisions of all branches; of several branches that have one, the first is named. */
async function revisionsOnBranches(checkout: Checkout, config: Config): Promise<Elsewhere> {
  const { branches } = await filesOnBranches(checkout.repository, checkout.folders, { recursive: config.recursive, remotes: true });
  const found = new Map<string, Distant>();
  const files = branches.flatMap(({ name: branch, folders }) => folders.flatMap(({ files: list }) => list.filter(({ name }) => isCandidate(basename(name))).map((file) => ({ branch, file }))));
  const headerOf = await committedHeaders(checkout, [...new Map(files.map(({ file }) => [file.id, file])).values()], config.cache);
  for (const { branch, file } of files) {
    const read = headerOf(file);
    if (read != null && "header" in read && !found.has(read.header.revision)) found.set(read.header.revision, { parents: read.header.parents, where: `is on ${branch} but not in this checkout`, bring: mergeCommand(branch) });
  }
  return found;
}

/** The revisions that a commit of this branch took away, as a revert does. */
async function revisionsTakenAway(checkout: Checkout, config: Config): Promise<Elsewhere> {
  if (checkout.repository.git === null) return new Map();
  const files = (await deletedFiles(checkout.repository, checkout.folders)).filter(({ name }) => isCandidate(basename(name)));
  const headerOf = await committedHeaders(checkout, files, config.cache);
  const found = new Map<string, Distant>();
  for (const file of files) {
    const [read, commit] = [headerOf(file), file.commit.slice(0, SHORT)];
    if (read != null && "header" in read && !found.has(read.header.revision)) found.set(read.header.revision, { parents: read.header.parents, where: `commit ${commit} took away`, bring: command`git revert ${commit}` });
  }
  return found;
}

/** What is known of revisions that this checkout lacks: from the branches, and only when these do not have them all, from its own history. */
async function findDistant(checkout: Checkout, config: Config, missing: readonly string[]): Promise<Elsewhere> {
  if (missing.length === 0) return new Map();
  const onBranches = await revisionsOnBranches(checkout, config);
  if (missing.every((id) => onBranches.has(id))) return onBranches;
  return new Map([...(await revisionsTakenAway(checkout, config)), ...onBranches]);
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
    message: `Revision ${revision}${file === undefined ? "" : ` (${file})`} follows ${missing}, which ${place.where}; ${ancestor}`,
    hint: near === null ? place.bring : command`gmig rebase ${revision} --onto ${near}`,
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
    hint: command`rm ${file}`,
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
    const elsewhere = await findDistant(checkout, config, rest.problems.flatMap(({ code, missing }) => (code === "PARENT_MISSING" && missing !== undefined ? [missing] : [])));
    return {
      reading: { graph: rest.graph, problems: rest.problems.map((problem) => explained(problem, rest.graph, elsewhere)) },
      strays: strays.map((file) => strayProblem(file, present)),
    };
  } catch (error) {
    if (error instanceof GmigError) return { reading, strays: [] };
    throw error;
  }
}
