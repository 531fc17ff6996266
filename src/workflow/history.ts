import type { Config } from "../config/config.js";
import type { Node } from "../graph/graph.js";
import { listRange } from "../graph/list-range.js";
import type { Problem } from "../revision/problem.js";
import { currentRows } from "./current.js";
import { nameContext } from "./name-context.js";
import { type Project, readProject, reportedProblems } from "./project.js";
import { readingLedger } from "./with-ledger.js";

export interface HistoryEntry {
  readonly revision: string;
  readonly parents: readonly string[];
  /** As the file has them: ids or labels. */
  readonly dependsOn: readonly string[];
  /** Labels that it declares itself. */
  readonly labels: readonly string[];
  /** Labels that cover it. */
  readonly branches: readonly string[];
  readonly created: string;
  readonly message: string;
  readonly file: string;
}

export interface HistoryResult {
  /** Newest first. */
  readonly revisions: readonly HistoryEntry[];
  /** The current rows, where they were asked for. */
  readonly rows: readonly string[] | null;
  readonly problems: readonly Problem[];
}

export interface HistoryOptions {
  /** `LOWER:UPPER`; everything when left out. */
  readonly range?: string | undefined;
  /** Also reads the database's rows; a range that says `current` does so by itself. */
  readonly withRows?: boolean | undefined;
}

/** Returns a revision as the history shows it. */
export function historyEntry(project: Project, node: Node): HistoryEntry {
  const file = project.files.get(node.revision);
  return {
    revision: node.revision,
    parents: node.parents.map(({ revision }) => revision),
    dependsOn: file?.dependsOn ?? [],
    labels: node.labels,
    branches: node.branches,
    created: node.created,
    message: node.message,
    file: file?.file ?? "",
  };
}

/**
 * Lists the revisions of the checkout, newest first.
 *
 * @throws GmigError of naming (exit 3).
 */
export async function history(config: Config, options: HistoryOptions = {}): Promise<HistoryResult> {
  const project = await readProject(config);
  const { range = ":" } = options;
  const needsRows = options.withRows === true || /\bcurrent\b/.test(range);
  const rows = needsRows ? await readingLedger(project, {}, async ({ ledger }) => currentRows(project, ledger)) : null;
  const ids = listRange(project.graph, range, { rows: rows ?? [], ...(await nameContext(project, [range])) });
  const nodes = ids.flatMap((id) => project.graph.nodes.get(id) ?? []);
  return { revisions: nodes.map((node) => historyEntry(project, node)), rows, problems: reportedProblems(project) };
}
