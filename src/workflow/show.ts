import { readFileSync } from "node:fs";
import type { Config } from "../config/config.js";
import { readDirectory } from "../directory/read-directory.js";
import { pathOf } from "../directory/revision-file.js";
import { GmigError } from "../errors.js";
import { resolve } from "../graph/resolve.js";
import type { Problem } from "../revision/problem.js";
import { currentRows } from "./current.js";
import { historyEntry, type HistoryEntry } from "./history.js";
import { whyLeftOut } from "./left-out.js";
import { nameContext } from "./name-context.js";
import { type Project, readProject, reportedProblems } from "./project.js";
import { readingLedger } from "./with-ledger.js";

export interface ShownRevision extends HistoryEntry {
  readonly children: readonly string[];
  readonly dependents: readonly string[];
  readonly path: string;
  readonly transaction: boolean;
  readonly text: string;
}

export interface ShowResult {
  readonly revisions: readonly ShownRevision[];
  readonly problems: readonly Problem[];
}

/** A revision that has a file and is not in the graph is not "no revision": what is wrong with it is told instead. */
function resolving<Resolved>(project: Project, name: string, resolved: () => Resolved): Resolved {
  try {
    return resolved();
  } catch (error) {
    if (!(error instanceof GmigError) || error.code !== "REVISION_NOT_FOUND") throw error;
    const { config, leftOut, strays } = project;
    const { files } = readDirectory({ folders: config.migrations, recursive: config.recursive, root: config.root, cache: config.cache });
    const out = files.filter(({ revision }) => leftOut.has(revision) || strays.some(({ revisions }) => revisions.includes(revision)));
    throw whyLeftOut(name, out, reportedProblems(project)) ?? error;
  }
}

/**
 * Returns what is known of the revisions that a name stands for.
 *
 * @throws GmigError of naming (exit 3); the problem of a revision that has a file and is not in the graph.
 */
export async function show(config: Config, name: string): Promise<ShowResult> {
  const project = await readProject(config);
  const rows = /\bcurrent\b/.test(name) ? await readingLedger(project, {}, async ({ ledger }) => currentRows(project, ledger)) : [];
  const context = { rows, ...(await nameContext(project, [name])) };
  const { ids } = resolving(project, name, () => resolve(project.graph, name, context));
  const revisions = ids.flatMap((id) => {
    const node = project.graph.nodes.get(id);
    const file = project.files.get(id);
    if (node === undefined || file === undefined) return [];
    return {
      ...historyEntry(project, node),
      children: node.children.map(({ revision }) => revision),
      dependents: node.dependents.map(({ revision }) => revision),
      path: pathOf(file),
      transaction: file.transaction,
      text: readFileSync(pathOf(file), "utf8"),
    };
  });
  return { revisions, problems: reportedProblems(project) };
}
