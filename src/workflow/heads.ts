import type { Config } from "../config/config.js";
import { isRealHead, isVersionedHead } from "../graph/heads.js";
import type { Problem } from "../revision/problem.js";
import { type Project, readProject, reportedProblems } from "./project.js";

export interface HeadEntry {
  readonly revision: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly file: string;
  /** Every label that covers it: `label@head` names it. */
  readonly labels: readonly string[];
  /** True when something depends on it: it is applied with its dependent. */
  readonly effective: boolean;
}

export interface HeadsResult {
  readonly heads: readonly HeadEntry[];
  readonly problems: readonly Problem[];
}

/** Returns the heads of a project, in topological order. */
export function headsOf(project: Project): readonly HeadEntry[] {
  return [...project.graph.nodes.values()].filter(isVersionedHead).map((node) => ({
    revision: node.revision,
    parents: node.parents.map(({ revision }) => revision),
    message: node.message,
    file: project.files.get(node.revision)?.file ?? "",
    labels: node.branches,
    effective: !isRealHead(node),
  }));
}

/** Returns the heads of the checkout; of a broken graph, those of the sound part. */
export async function heads(config: Config): Promise<HeadsResult> {
  const project = await readProject(config);
  return { heads: headsOf(project), problems: reportedProblems(project) };
}
