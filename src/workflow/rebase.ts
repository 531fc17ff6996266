import { readFileSync, rmSync } from "node:fs";
import type { Config } from "../config/config.js";
import { readDirectory } from "../directory/read-directory.js";
import { pathOf, type RevisionFile } from "../directory/revision-file.js";
import { replaceFile } from "../directory/write-file.js";
import { command, GmigError } from "../errors.js";
import { planRebase, type RebasePlan } from "../plan/plan-rebase.js";
import { readHeader } from "../revision/read-header.js";
import { withParents } from "../revision/rewrite-header.js";
import { mergeRevisionOf } from "./merge-parent.js";
import { resolveOneName } from "./name-context.js";
import { ownRevisions } from "./own-revisions.js";
import { type Project, readProject, requireProject } from "./project.js";

export interface RebaseOptions {
  /** The one revision to move; those that the upstream branch lacks when left out. */
  readonly revision?: string | undefined;
  /** The revision to move onto: a name; `git/REF` for the head of a branch. */
  readonly onto: string;
  readonly dryRun?: boolean | undefined;
}

export interface RebaseResult extends RebasePlan {
  /** The files that were rewritten, and those that were removed, from the project's folder. */
  readonly files: readonly string[];
  readonly removed: readonly string[];
  readonly executed: boolean;
}

function rewritten(file: RevisionFile, parents: readonly string[]): string {
  const text = readFileSync(pathOf(file), "utf8");
  const result = readHeader(text, file.file);
  if (result !== null && "reading" in result) return withParents(text, result.reading, parents);
  throw new GmigError("REVISION_MALFORMED", `${file.file} has changed meanwhile and can no longer be read`, { hint: command`gmig edit ${file.revision}`, data: { file: file.file } });
}

/** A merge revision that somebody has filled in holds what mended a conflict: removing it would lose that. */
function refuseFilled(file: RevisionFile, project: Project): void {
  if (readFileSync(pathOf(file), "utf8") === mergeRevisionOf(project.files, file.parents).text) return;
  throw new GmigError("MERGE_CONFLICTS", `Merge revision ${file.revision} is not empty, and a straight line would lose what it does`, {
    hint: command`gmig edit ${file.revision}`,
    data: { revisions: [file.revision], file: file.file },
  });
}

/** Works out all texts before it writes the first. */
function carryOut(plan: RebasePlan, fileOf: (id: string) => RevisionFile, dryRun: boolean): RebaseResult {
  const changes = plan.reparent.map(({ revision, parents }) => ({ file: fileOf(revision), text: rewritten(fileOf(revision), parents) }));
  const removed = plan.remove.map(fileOf);
  if (!dryRun) {
    for (const { file, text } of changes) replaceFile(pathOf(file), text);
    for (const file of removed) rmSync(pathOf(file));
  }
  return { ...plan, files: changes.map(({ file }) => file.file), removed: removed.map(({ file }) => file), executed: !dryRun };
}

/** The file of a revision in a folder that may be broken: its parent may be missing, which is why it is to be moved. */
function findFile(config: Config, id: string): RevisionFile {
  const { files } = readDirectory({ folders: config.migrations, recursive: config.recursive, root: config.root, cache: config.cache });
  const exact = files.filter(({ revision }) => revision === id);
  const [file, other] = exact.length > 0 ? exact : files.filter(({ revision }) => revision.startsWith(id));
  if (file === undefined) throw new GmigError("REVISION_NOT_FOUND", `There is no revision ${id}`, { hint: "gmig history", data: { name: id } });
  if (other !== undefined) throw new GmigError("REVISION_AMBIGUOUS", `${id} could be ${file.revision} or ${other.revision}`, { hint: "type more of the id", data: { name: id } });
  return file;
}

/**
 * Re-parents revisions onto another head, for those who want a straight line: only headers are rewritten, so that ids stay and the database then counts them
 * as reparented. Merge revisions among them are removed.
 *
 * @throws GmigError of naming (exit 3), NOT_A_REPOSITORY, MERGE_CONFLICTS for a merge revision that is not empty, WRITE_FAILED.
 */
export async function rebase(config: Config, options: RebaseOptions): Promise<RebaseResult> {
  const dryRun = options.dryRun === true;
  if (options.revision !== undefined) {
    const file = findFile(config, options.revision);
    const onto = await resolveOneName(await readProject(config), options.onto);
    const reparent = [{ revision: file.revision, before: file.parents, parents: [onto] }];
    return carryOut({ reparent: file.parents.join() === onto ? [] : reparent, remove: [] }, () => file, dryRun);
  }
  const project = await requireProject(config);
  const onto = await resolveOneName(project, options.onto);
  const plan = planRebase(project.graph, { mine: await ownRevisions(project), onto });
  const fileOf = (id: string): RevisionFile => project.files.get(id) ?? findFile(config, id);
  for (const id of plan.remove) refuseFilled(fileOf(id), project);
  return carryOut(plan, fileOf, dryRun);
}
