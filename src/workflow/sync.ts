import { readFileSync } from "node:fs";
import type { Config } from "../config/config.js";
import { queryFailed } from "../database/database-error.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { type Actor, insertLogSql, reparentRowSql } from "../database/write-ledger.js";
import { pathOf } from "../directory/revision-file.js";
import { command, GmigError } from "../errors.js";
import { readIndex } from "../git/read-index.js";
import { planSync, type SyncPlan } from "../plan/plan-sync.js";
import { blobId } from "../revision/fingerprint.js";
import { requireTransactional, runPlan } from "../runner/run-plan.js";
import { editHint } from "../runner/step-error.js";
import { actorOf } from "./actor.js";
import { findEdited } from "./assess.js";
import { type Checkout, findCheckout } from "./checkout.js";
import { type ExecuteOptions, runOptions } from "./execute-plan.js";
import { leaveStamp } from "./leave-stamp.js";
import { refuseIncomplete } from "./ledger-view.js";
import { loadPastBodies } from "./past-bodies.js";
import { pastTexts, type PastOptions } from "./past-texts.js";
import { type PlanResult, planResult } from "./plan-result.js";
import { type Project, requireProject } from "./project.js";
import { rememberTexts } from "./remember-texts.js";
import { runnableSteps } from "./runnable-steps.js";
import { lockingLedger, type MeetOptions, type Met, readingLedger } from "./with-ledger.js";

export interface SyncOptions extends MeetOptions, Omit<ExecuteOptions, "transaction">, PastOptions {
  readonly dryRun?: boolean | undefined;
  /** Reverts also what other clones and worktrees applied. */
  readonly foreign?: boolean | undefined;
  /** All steps in one transaction (the default), or each in its own, where a failure leaves a part done. */
  readonly transaction?: "each" | "all" | undefined;
}

export interface SyncResult extends PlanResult {
  /** Revisions of which only the parents in the ledger were updated. */
  readonly reparented: readonly string[];
  /** Unknown or edited revisions of others, left as they are. */
  readonly left: readonly string[];
}

/** A checkout that hides its revisions would have all of them reverted. */
async function requireFolder(project: Project, checkout: Checkout | null): Promise<void> {
  const [absent] = project.absent;
  const hidden = checkout === null || checkout.repository.git === null || checkout.repository.bare ? [] : (await readIndex(checkout.repository, checkout.folders)).filter(({ skipWorktree }) => skipWorktree);
  if (absent === undefined && hidden.length === 0) return;
  const what = absent === undefined ? `${hidden.length} revision files are left out of this working tree (sparse or skip-worktree)` : `The revisions folder ${absent} is not there`;
  throw new GmigError("FOLDER_ABSENT", `${what}, so that a sync would revert what is only hidden`, {
    hint: absent === undefined ? command`git sparse-checkout add ${checkout?.folders[0] ?? "."}` : "git status",
    data: { folders: project.absent, hidden: hidden.map(({ path }) => path) },
  });
}

function requireDevelopment({ ledger, database }: Met): void {
  const environment = ledger.meta?.environment ?? null;
  if (environment === "development" || environment === "test") return;
  const mark = environment === null ? "has no mark, which counts as production" : `is marked as ${environment}`;
  throw new GmigError("NOT_DEVELOPMENT", `${database.address.url} ${mark}; sync reverts revisions, and does so on development and test databases only`, { hint: "gmig mark development", data: { url: database.address.url, environment } });
}

/** The statements that bring the ledger's edges and text to what the files say. */
function reparentSql(plan: SyncPlan, project: Project, actor: Actor, checkout: Checkout | null): readonly string[] {
  const tables = ledgerTables(project.config.ledgerSchema);
  return plan.reparented.flatMap((revision) => {
    const [node, file] = [project.graph.nodes.get(revision), project.files.get(revision)];
    if (node === undefined || file === undefined) return [];
    const text = readFileSync(pathOf(file), "utf8");
    const ids = (nodes: typeof node.parents): readonly string[] => nodes.map((other) => other.revision);
    const record = { revision, parents: ids(node.parents), dependsOn: ids(node.dependencies), blob: blobId(text, checkout?.repository.objectFormat), file: file.name, text };
    return [reparentRowSql(tables, record), insertLogSql(tables, { action: "reparent", revision, outcome: "done", message: `now on ${ids(node.parents).join(", ")}`, durationMs: 0 }, actor)];
  });
}

async function runSql(statements: readonly string[], met: Met): Promise<void> {
  try {
    await met.connection.query(`begin;\n${statements.join(";\n")};\ncommit;`);
  } catch (error) {
    await met.connection.query("rollback").catch(() => undefined);
    throw queryFailed(error, met.database.address, "updating the ledger");
  }
}

/** What can be done about a revision that does not go down: of the text that was applied this checkout has no file to mend. */
function withWayOut(error: unknown, project: Project): unknown {
  if (!(error instanceof GmigError) || error.code !== "STEP_FAILED") return error;
  const { revision, direction } = error.data;
  if (direction !== "down" || typeof revision !== "string" || error.hint !== editHint(revision)) return error;
  const hint = project.graph.nodes.has(revision) ? undefined : `take back by hand what it did, then: ${command`gmig stamp --forget ${revision}`}`;
  return new GmigError(error.code, error.message, { hint, data: error.data, cause: error.cause });
}

async function carryOut(plan: SyncPlan, past: readonly string[], project: Project, checkout: Checkout | null, met: Met, options: SyncOptions): Promise<void> {
  const { transaction = "all" } = options;
  const rows = met.ledger.applied.filter(({ revision }) => past.includes(revision));
  const bodies = await loadPastBodies((await pastTexts(rows, checkout, project, met, options)).values(), project);
  const steps = await runnableSteps(plan, project, bodies);
  if (transaction === "all") requireTransactional(steps);
  else options.onProgress?.({ kind: "notice", text: "Each revision commits by itself: where one fails, those before it stay done." });
  await rememberTexts(steps, project, met, options.onProgress);
  const statements = reparentSql(plan, project, actorOf(met.git), checkout);
  const isTogether = transaction === "all" && steps.length > 0;
  const lastSql = isTogether && statements.length > 0 ? `${statements.join(";\n")};` : undefined;
  await runPlan(steps, { ...runOptions(project, met, { ...options, transaction }), guardData: options.allowDataLoss !== true, lastSql }).catch((error: unknown) => {
    throw withWayOut(error, project);
  });
  if (!isTogether && statements.length > 0) await runSql(statements, met);
}

/**
 * Makes a development database match the checkout: reverts what the checkout lacks and what was edited, with all that stands on these or above a pending
 * revision, and applies everything to all heads. In one transaction: the database is as before when any part cannot be done.
 *
 * @throws GmigError NOT_DEVELOPMENT, FOLDER_ABSENT, UNKNOWN_APPLIED or OUT_OF_ORDER where others' revisions are in the way, IRREVERSIBLE, DATA_LOSS,
 * STEP_INCOMPLETE, USAGE for a step outside a transaction, and what running throws.
 */
export async function sync(config: Config, options: SyncOptions = {}): Promise<SyncResult> {
  const project = await requireProject(config);
  const checkout = findCheckout(config);
  await requireFolder(project, checkout);
  const executed = options.dryRun !== true;
  const meet = executed ? lockingLedger : readingLedger;
  return meet(project, options, async (met) => {
    const { applied } = met.ledger;
    requireDevelopment(met);
    refuseIncomplete(met.ledger);
    const edited = await findEdited(applied, project, met.connection);
    const foreign = applied.filter(({ origin }) => origin !== met.git.origin).map(({ revision }) => revision);
    const plan = planSync(project.graph, { applied, edited, foreign, allowForeign: options.foreign === true });
    const past = plan.steps.filter(({ revision, direction }) => direction === "down" && (edited.includes(revision) || !project.graph.nodes.has(revision))).map(({ revision }) => revision);
    if (executed) await carryOut(plan, past, project, checkout, met, options);
    if (executed) leaveStamp(checkout);
    return { ...planResult(plan, project.graph, executed), reparented: plan.reparented, left: plan.left };
  });
}
