import { join } from "node:path";
import type { Config } from "../config/config.js";
import { readDirectory } from "../directory/read-directory.js";
import { command, GmigError } from "../errors.js";
import { problemNaming } from "./left-out.js";
import { type Project, readProject } from "./project.js";
import { show } from "./show.js";

/** The file that a name stands for where something is wrong: a revision that what is wrong keeps out of the graph has one all the same. */
function fileAmongProblems({ config, graph, problems }: Project, name: string): string | undefined {
  const { files } = readDirectory({ folders: config.migrations, recursive: config.recursive, root: config.root, cache: config.cache });
  const begun = files.filter(({ revision }) => name !== "" && revision.startsWith(name));
  const [only] = begun.length === 1 && !graph.labels.has(name) ? begun : [];
  // A problem of several revisions names the file of the first.
  return (files.find(({ revision }) => revision === name) ?? problemNaming(problems, name) ?? only)?.file;
}

/**
 * Returns the path of the one file that a name stands for; a file with a problem is found by a part of its name, one that stands on such a file by its id.
 *
 * @throws GmigError of naming (exit 3).
 */
export async function edit(config: Config, name: string): Promise<{ readonly path: string }> {
  const project = await readProject(config);
  const file = project.problems.length === 0 ? undefined : fileAmongProblems(project, name);
  if (file !== undefined) return { path: join(config.root, file) };
  const { revisions } = await show(config, name);
  const [first, second] = revisions;
  if (first === undefined) throw new GmigError("REVISION_NOT_FOUND", `${name} names no revision to edit`, { hint: "gmig history", data: { name } });
  if (second !== undefined) {
    const ids = revisions.map(({ revision }) => revision);
    throw new GmigError("MULTIPLE_HEADS", `${name} names several revisions: ${ids.join(" and ")}`, { hint: command`gmig edit ${first.revision}`, data: { heads: ids } });
  }
  return { path: first.path };
}
