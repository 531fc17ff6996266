import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Config } from "../config/config.js";
import { fileFrom } from "../directory/read-directory.js";
import { pathOf } from "../directory/revision-file.js";
import { createFile } from "../directory/write-file.js";
import { command, GmigError } from "../errors.js";
import type { Node } from "../graph/graph.js";
import { isRealHead } from "../graph/heads.js";
import type { Conflict, Verdict } from "../merge/verdict.js";
import { planMergeParents } from "../plan/plan-parents.js";
import type { BringUpOptions } from "./bring-up.js";
import { checkOrders } from "./check-orders.js";
import { mergeRevisionOf } from "./merge-parent.js";
import { nameContext } from "./name-context.js";
import { openScratch } from "./open-scratch.js";
import { type Project, requireProject } from "./project.js";

export interface MergeOptions extends BringUpOptions {
  /** Tries both orders and writes nothing; where there is no fork, the sides of the merge revision at the head. */
  readonly checkOnly?: boolean | undefined;
  /** Writes without trying. */
  readonly noCheck?: boolean | undefined;
  /** Writes also when the sides conflict. */
  readonly writeAnyway?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
}

export interface MergeResult {
  /** Null when there is nothing to merge. */
  readonly revision: string | null;
  readonly parents: readonly string[];
  readonly file: string | null;
  /** Whether the file was written now. */
  readonly created: boolean;
  readonly verdict: Verdict["verdict"] | "unchecked";
  readonly conflicts: readonly Conflict[];
  /** Tables whose columns end up in another order, which is harmless. */
  readonly columnOrder: readonly string[];
  /** Why it was not checked; null when it was. */
  readonly unchecked: string | null;
  /** Milliseconds that trying took. */
  readonly durationMs: number;
  /** What to do next where a head is only an effective one. */
  readonly hint: string | null;
}

type Checked = Pick<MergeResult, "verdict" | "conflicts" | "columnOrder" | "unchecked" | "durationMs">;

function unchecked(why: string): Checked {
  return { verdict: "unchecked", conflicts: [], columnOrder: [], unchecked: why, durationMs: 0 };
}

/** Tries both orders where there is a place for it. */
async function check(project: Project, heads: readonly Node[], options: MergeOptions): Promise<Checked> {
  const started = performance.now();
  const scratch = await openScratch(project).catch((error: unknown) => {
    if (error instanceof GmigError && error.code === "SCRATCH_UNAVAILABLE" && options.checkOnly !== true) return error;
    throw error;
  });
  if (scratch instanceof GmigError) return unchecked(scratch.message);
  try {
    const { verdict, conflicts, columnOrder } = await checkOrders(heads, project, scratch, options);
    return { verdict, conflicts, columnOrder, unchecked: null, durationMs: Math.round(performance.now() - started) };
  } finally {
    await scratch.close();
  }
}

function nodesOf(project: Project, ids: readonly string[]): readonly Node[] {
  return ids.flatMap((id) => project.graph.nodes.get(id) ?? []);
}

/** The parents of the merge revision at the head, which is what there is to check where nothing forks. */
function mergedAtHead(project: Project): readonly string[] {
  const merge = [...project.graph.nodes.values()].find((node) => isRealHead(node) && node.parents.length > 1);
  return merge?.parents.map(({ revision }) => revision) ?? [];
}

function nothingToMerge(project: Project): MergeResult {
  const effective = [...project.graph.nodes.values()].some((node) => node.children.length === 0 && !isRealHead(node));
  return { revision: null, parents: [], file: null, created: false, ...unchecked("there is nothing to merge"), hint: effective ? "gmig upgrade heads" : null };
}

function refuseConflicts(checked: Checked, parents: readonly string[]): void {
  const list = checked.conflicts.map(({ message, revisions }) => `\n  ${message}${revisions.length === 0 ? "" : ` (${revisions.join(", ")})`}`).join("");
  throw new GmigError("MERGE_CONFLICTS", `${parents.join(" and ")} do not commute: the order in which they are applied matters${list}`, {
    hint: command`gmig merge ${parents} --write-anyway`,
    data: { parents, conflicts: checked.conflicts },
  });
}

/**
 * Joins heads by a merge revision, once both orders of their sides have led to one schema on a scratch database.
 *
 * @throws GmigError MERGE_CONFLICTS; PARENT_DUPLICATE, SPLICE_NEEDED and what naming throws; SCRATCH_UNAVAILABLE for a mere check; WRITE_FAILED.
 */
export async function merge(config: Config, names: readonly string[], options: MergeOptions = {}): Promise<MergeResult> {
  const project = await requireProject(config);
  const named = planMergeParents(project.graph, names.length === 0 ? ["heads"] : names, await nameContext(project, names));
  const parents = named.length === 0 && options.checkOnly === true ? mergedAtHead(project) : named;
  if (parents.length < 2) return nothingToMerge(project);
  const checked = options.noCheck === true || options.dryRun === true ? unchecked("it was not asked for") : await check(project, nodesOf(project, parents), options);
  const { header, file, text } = mergeRevisionOf(project.files, parents);
  const beside = project.files.get(parents.at(-1) ?? "");
  const path = join(beside === undefined ? (config.migrations[0] ?? config.root) : dirname(pathOf(beside)), file);
  const result = { revision: header.revision, parents: header.parents, file: fileFrom(config.root, path), hint: null };
  if (options.checkOnly === true || options.dryRun === true) return { ...result, created: false, ...checked };
  if (checked.verdict === "conflicts" && options.writeAnyway !== true) refuseConflicts(checked, header.parents);
  if (!existsSync(path) || readFileSync(path, "utf8") !== text) createFile(path, text);
  return { ...result, created: true, ...checked };
}
