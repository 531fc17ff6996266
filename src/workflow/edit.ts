import { join } from "node:path";
import type { Config } from "../config/config.js";
import { readDirectory } from "../directory/read-directory.js";
import { command, GmigError } from "../errors.js";
import { problemNaming } from "./left-out.js";
import { readProject } from "./project.js";
import { show } from "./show.js";

/**
 * Returns the path of the one file that a name stands for; a file with a problem is found by a part of its name.
 *
 * @throws GmigError of naming (exit 3).
 */
export async function edit(config: Config, name: string): Promise<{ readonly path: string }> {
  const broken = problemNaming((await readProject(config)).problems, name);
  if (broken !== undefined) {
    // A problem of several revisions names the file of the first.
    const own = readDirectory({ folders: config.migrations, recursive: config.recursive, root: config.root, cache: config.cache }).files.find(({ revision }) => revision === name);
    const file = own?.file ?? broken.file;
    if (file !== undefined) return { path: join(config.root, file) };
  }
  const { revisions } = await show(config, name);
  const [first, second] = revisions;
  if (first === undefined) throw new GmigError("REVISION_NOT_FOUND", `${name} names no revision to edit`, { hint: "gmig history", data: { name } });
  if (second !== undefined) {
    const ids = revisions.map(({ revision }) => revision);
    throw new GmigError("MULTIPLE_HEADS", `${name} names several revisions: ${ids.join(" and ")}`, { hint: command`gmig edit ${first.revision}`, data: { heads: ids } });
  }
  return { path: first.path };
}
