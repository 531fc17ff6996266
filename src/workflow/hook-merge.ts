import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../config/config.js";
import { fileFrom } from "../directory/read-directory.js";
import { pathOf } from "../directory/revision-file.js";
import { createFile } from "../directory/write-file.js";
import { GmigError } from "../errors.js";
import { type Fold, foldIntoHead } from "../git/fold.js";
import { pathIn } from "../git/path-in.js";
import { stageFiles } from "../git/stage-files.js";
import { isRealHead } from "../graph/heads.js";
import { type Checkout, requireCheckout } from "./checkout.js";
import type { HookPlace } from "./hook-place.js";
import { merge } from "./merge.js";
import { mergeRevisionOf } from "./merge-parent.js";
import { type Project, readProject } from "./project.js";

/** Where the merge revision goes: into the commit that is about to be made, into the one just made, or to be committed by hand. */
export type MergeMoment = "before-commit" | "after-commit";

/** How long both orders may be tried in a hook. */
const CHECK_MILLISECONDS = 20_000;

function realHeads(project: Project): readonly string[] {
  return [...project.graph.nodes.values()].filter(isRealHead).map(({ revision }) => revision);
}

/** Tries both orders; says why the merge revision should not be written, or null when nothing speaks against it. */
async function findConflict(config: Config, heads: readonly string[]): Promise<string | null> {
  try {
    const { verdict, conflicts } = await merge(config, heads, { checkOnly: true, signal: AbortSignal.timeout(CHECK_MILLISECONDS) });
    return verdict === "conflicts" ? conflicts.map(({ message }) => message).join("; ") : null;
  } catch (error) {
    if (error instanceof GmigError && error.code === "STEP_FAILED") return error.message;
    // What could not be tried is written unchecked.
    return null;
  }
}

const REFUSED: Readonly<Record<Exclude<Fold, { commit: string }>["refused"], string>> = {
  signed: "the merge commit is signed",
  signing: "commits are signed here",
  staged: "other changes are staged",
  unborn: "there is no commit",
};

async function place(path: string, moment: MergeMoment, mode: HookPlace["merge"], checkout: Checkout): Promise<string> {
  const { repository } = checkout;
  const inRepository = pathIn(repository, path) ?? path;
  if (mode === "fold" && moment === "after-commit") {
    const fold = await foldIntoHead(repository, [inRepository]);
    if ("commit" in fold) return `it is part of commit ${fold.commit.slice(0, 12)} now`;
    await stageFiles(repository, [inRepository]);
    return `it is staged, since ${REFUSED[fold.refused]}: git commit -m "merge revisions"`;
  }
  await stageFiles(repository, [inRepository]);
  return moment === "before-commit" ? "it is part of this commit" : 'it is staged: git commit -m "merge revisions"';
}

/**
 * Writes the merge revision that a merge of Git branches calls for, as this clone's `gmig.merge` says. Returns the lines to print.
 *
 * `config` names the revisions folders; `checked` is the project's own configuration where this clone lets its code run, so that both orders are tried.
 */
export async function hookMerge(config: Config, checked: Config | null, hook: HookPlace, moment: MergeMoment): Promise<readonly string[]> {
  if (hook.merge === "off") return [];
  const project = await readProject(config);
  const heads = realHeads(project);
  if (project.problems.length > 0) return [`the revisions have ${project.problems.length === 1 ? "a problem" : "problems"}: ${project.problems[0]?.message ?? ""}`, "hint: gmig heads"];
  if (heads.length < 2) return [];
  const names = heads.join(" and ");
  if (hook.merge === "warn") return [`the revisions have two heads now: ${names}`, "hint: gmig merge heads"];
  const conflict = checked === null ? null : await findConflict(checked, heads);
  if (conflict !== null) return [`${names} do not commute, so no merge revision was written: ${conflict}`, "hint: gmig merge heads"];
  const { file, text } = mergeRevisionOf(project.files, heads);
  const beside = project.files.get(heads.at(-1) ?? "");
  const path = join(beside === undefined ? (config.migrations[0] ?? config.root) : dirname(pathOf(beside)), file);
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) createFile(path, text);
  const where = await place(path, moment, hook.merge, requireCheckout(config));
  const unchecked = checked === null ? ["hint: gmig merge --check (whether the order matters was not tried)"] : [];
  return [`wrote ${fileFrom(config.root, path)}, which joins ${names}; ${where}`, ...unchecked];
}
