import type { Config } from "../config/config.js";
import { command } from "../errors.js";
import { mergeBases } from "../git/merge-bases.js";
import { resolveCommit } from "../git/resolve-commit.js";
import { readGraph } from "../graph/build-graph.js";
import type { Graph } from "../graph/graph.js";
import { isRealHead } from "../graph/heads.js";
import { joinHeaders } from "../merge/join-headers.js";
import type { Problem } from "../revision/problem.js";
import { requireCheckout } from "./checkout.js";
import { committedRevisions } from "./committed-revisions.js";
import type { Differences } from "./differences.js";
import { editedFindings, type Finding } from "./edited-findings.js";
import { readProject, requireProject } from "./project.js";

export interface CheckOptions {
  /** One real head, no broken graph, in the working tree. */
  readonly heads?: boolean | undefined;
  /** The same for what a merge of HEAD and this ref would give, from commits alone; and nothing that the ref has is deleted or edited. */
  readonly base?: string | undefined;
  /** No difference between the models and the database. */
  readonly models?: boolean | undefined;
  /** Compares the models with what the revisions make on a scratch database instead. */
  readonly offline?: boolean | undefined;
}

export type { Finding };

export interface CheckResult {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
  /** What models leave open: kept as it is, and what could be done; missing when models were not looked at. */
  readonly models?: Pick<Differences, "kept" | "suggestions" | "possibleRenames" | "properties">;
}

function problemFinding({ code, message, revisions, hint }: Problem): Finding {
  return { code, message, revisions, ...(hint === undefined ? {} : { hint }) };
}

function headFindings(graph: Graph, where: string): readonly Finding[] {
  const real = [...graph.nodes.values()].filter(isRealHead).map(({ revision }) => revision);
  if (real.length < 2) return [];
  return [{ code: "MULTIPLE_HEADS", message: `${where} has ${real.length} heads: ${real.join(" and ")}`, revisions: real, hint: "gmig merge heads" }];
}

async function checkHeads(config: Config): Promise<readonly Finding[]> {
  const project = await readProject(config);
  return [...project.problems.map(problemFinding), ...headFindings(project.graph, "This checkout")];
}

async function checkBase(config: Config, ref: string): Promise<readonly Finding[]> {
  const checkout = requireCheckout(config);
  const { repository } = checkout;
  const [ours, theirs] = await Promise.all([resolveCommit(repository, "HEAD"), resolveCommit(repository, ref)]);
  const [base] = await mergeBases(repository, ours, theirs);
  const options = { cache: config.cache, recursive: config.recursive };
  const [mine, other, before] = await Promise.all([
    committedRevisions(checkout, ours, "HEAD", options),
    committedRevisions(checkout, theirs, ref, options),
    base === undefined ? { revisions: [], problems: [] } : committedRevisions(checkout, base, "the merge base", options),
  ]);
  const joined = joinHeaders(before.revisions, mine.revisions, other.revisions);
  const { graph, problems } = readGraph(joined.revisions);
  const pathAt = new Map(other.revisions.map(({ revision, file = "" }) => [revision, file.slice(ref.length + 1)]));
  const merged = `What a merge of HEAD and ${ref} would give`;
  return [
    ...[...mine.problems, ...other.problems, ...problems].map(problemFinding),
    ...headFindings(graph, merged),
    ...joined.deleted.map((revision): Finding => ({ code: "REVISION_DELETED", message: `Revision ${revision} is published in ${ref}, and HEAD has deleted it`, revisions: [revision], hint: command`git checkout ${ref} -- ${pathAt.get(revision) ?? "."}` })),
    ...joined.conflicts.map(({ revision }): Finding => ({ code: "HEADER_CONFLICT", message: `HEAD and ${ref} have given revision ${revision} different parents, labels or dependencies`, revisions: [revision], hint: command`gmig edit ${revision}` })),
    ...(await editedFindings(checkout, joined.changed, ref)),
  ];
}

/**
 * Checks what is asked for; heads when nothing is. Heads need no database, and with `base` no working tree either.
 *
 * @throws GmigError NOT_A_REPOSITORY, REVISION_NOT_FOUND for the ref, GIT_FAILED with the command that fetches what is missing.
 */
export async function check(config: Config, options: CheckOptions = {}): Promise<CheckResult> {
  const { base } = options;
  const wantsHeads = options.heads === true || (base === undefined && options.models !== true);
  const differences = options.models === true ? await (await import("./model-differences.js")).modelDifferences(await requireProject(config), options) : null;
  const findings = [
    ...(wantsHeads ? await checkHeads(config) : []),
    ...(base === undefined ? [] : await checkBase(config, base)),
    ...(differences?.operations ?? []).map((operation): Finding => ({ code: "MODEL_DIFFERENCE", message: operation, revisions: [], hint: "gmig revision --autogenerate -m MSG" })),
  ];
  const { kept = [], suggestions = [], possibleRenames = [], properties = [] } = differences ?? {};
  return { ok: findings.length === 0, findings, ...(differences === null ? {} : { models: { kept, suggestions, possibleRenames, properties } }) };
}
