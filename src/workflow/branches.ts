import type { Config } from "../config/config.js";
import type { Problem } from "../revision/problem.js";
import { historyEntry, type HistoryEntry } from "./history.js";
import { readProject, reportedProblems } from "./project.js";

export interface BranchPoint extends HistoryEntry {
  /** The revisions that follow it. */
  readonly children: readonly HistoryEntry[];
}

export interface BranchesResult {
  /** Revisions that more than one other follows, oldest first. */
  readonly branches: readonly BranchPoint[];
  readonly problems: readonly Problem[];
}

/** Returns the places where the graph forks. */
export async function branches(config: Config): Promise<BranchesResult> {
  const project = await readProject(config);
  const points = [...project.graph.nodes.values()].filter(({ children }) => children.length > 1);
  return {
    branches: points.map((node) => ({ ...historyEntry(project, node), children: node.children.map((child) => historyEntry(project, child)) })),
    problems: reportedProblems(project),
  };
}
