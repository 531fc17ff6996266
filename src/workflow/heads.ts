import type { Config } from "../config/config.js";
import { findAnswer, keepAnswer } from "../directory/kept-answer.js";
import { listFolders } from "../directory/list-files.js";
import { isRealHead, isVersionedHead } from "../graph/heads.js";
import type { Problem } from "../revision/problem.js";
import { VERSION } from "../version.js";
import type { Project } from "./project.js";

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

/** Returns the heads of the checkout; of a broken graph, those of the sound part. Where no file has changed since the last time, what was answered then. */
export async function heads(config: Config): Promise<HeadsResult> {
  const { cache, root, migrations, recursive } = config;
  const listings = listFolders(migrations, recursive);
  const question = { cache, text: JSON.stringify(["heads", VERSION, root, recursive, ...migrations]) };
  const known = findAnswer(question, listings);
  if (known !== null) return known as HeadsResult;
  // The graph and all that reads it are loaded only where the answer is not at hand.
  const { readProject, reportedProblems } = await import("./project.js");
  const project = await readProject(config, listings);
  const result = { heads: headsOf(project), problems: reportedProblems(project) };
  // A file that could not be read may be readable for the next who asks, and what is missing may be found in Git by then.
  if (result.problems.length === 0 && project.absent.length === 0) keepAnswer(question, listings, result);
  return result;
}
