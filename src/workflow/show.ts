import { readFileSync } from "node:fs";
import type { Config } from "../config/config.js";
import { pathOf } from "../directory/revision-file.js";
import { resolve } from "../graph/resolve.js";
import type { Problem } from "../revision/problem.js";
import { currentRows } from "./current.js";
import { historyEntry, type HistoryEntry } from "./history.js";
import { nameContext } from "./name-context.js";
import { readProject, reportedProblems } from "./project.js";
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

/**
 * Returns what is known of the revisions that a name stands for.
 *
 * @throws GmigError of naming (exit 3).
 */
export async function show(config: Config, name: string): Promise<ShowResult> {
  const project = await readProject(config);
  const rows = /\bcurrent\b/.test(name) ? await readingLedger(project, {}, async ({ ledger }) => currentRows(project, ledger)) : [];
  const { ids } = resolve(project.graph, name, { rows, ...(await nameContext(project, [name])) });
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
