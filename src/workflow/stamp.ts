import { readFileSync } from "node:fs";
import type { Config } from "../config/config.js";
import { queryFailed } from "../database/database-error.js";
import { type LedgerTables, ledgerTables } from "../database/ledger-tables.js";
import { type Actor, deleteRowSql, insertLogSql, insertRowSql, markStateSql } from "../database/write-ledger.js";
import { pathOf } from "../directory/revision-file.js";
import { GmigError } from "../errors.js";
import { planStamp, type StampPlan } from "../plan/plan-stamp.js";
import { blobId } from "../revision/fingerprint.js";
import { actorOf } from "./actor.js";
import { forgetTexts } from "./applied-store.js";
import { findCheckout } from "./checkout.js";
import { currentRows } from "./current.js";
import type { LedgerView } from "./ledger-view.js";
import { nameContext } from "./name-context.js";
import { type Project, requireProject } from "./project.js";
import { lockingLedger, type MeetOptions, readingLedger } from "./with-ledger.js";

export interface StampOptions extends MeetOptions {
  readonly dryRun?: boolean | undefined;
  /** Forgets everything first. */
  readonly purge?: boolean | undefined;
  /** Forgets these revisions, unknown ones too, instead of stamping. */
  readonly forget?: readonly string[] | undefined;
}

export interface StampResult extends StampPlan {
  readonly executed: boolean;
}

function addSql(tables: LedgerTables, project: Project, revision: string, actor: Actor): string {
  const node = project.graph.nodes.get(revision);
  const file = project.files.get(revision);
  const text = file === undefined ? null : readFileSync(pathOf(file), "utf8");
  const record = {
    revision,
    parents: node?.parents.map((parent) => parent.revision) ?? [],
    dependsOn: node?.dependencies.map((dependency) => dependency.revision) ?? [],
    blob: blobId(text ?? "", findCheckout(project.config)?.repository.objectFormat),
    file: file?.name ?? "",
    text,
  };
  return insertRowSql(tables, record, actor, "applied", 0);
}

/** Returns the statements of a stamp: rows and log lines, no transaction around them. */
export function stampSql(plan: StampPlan, project: Project, actor: Actor, action: "stamp" | "forget"): readonly string[] {
  const tables = ledgerTables(project.config.ledgerSchema);
  const told = (revision: string, message: string): string => insertLogSql(tables, { action, revision, outcome: "done", message, durationMs: 0 }, actor);
  return [
    ...plan.remove.flatMap((revision) => [deleteRowSql(tables, revision), told(revision, "no longer applied")]),
    ...plan.add.flatMap((revision) => [addSql(tables, project, revision, actor), told(revision, "applied")]),
  ];
}

/** Forgetting takes single revisions out of the ledger, whatever stands on them. */
function planForget(project: Project, ledger: LedgerView, ids: readonly string[]): StampPlan {
  const known = new Set([...ledger.applied, ...ledger.incomplete].map(({ revision }) => revision));
  const remove = [...new Set(ids)].map((id) => {
    const meant = known.has(id) ? [id] : [...known].filter((revision) => revision.startsWith(id));
    if (meant.length > 1) throw new GmigError("REVISION_AMBIGUOUS", `${id} could be ${meant.join(", ")}`, { hint: "type more of the id", data: { name: id, candidates: meant } });
    if (meant[0] !== undefined) return meant[0];
    throw new GmigError("REVISION_NOT_FOUND", `The database has no applied revision ${id}`, { hint: "gmig status", data: { name: id } });
  });
  const kept = { ...ledger, applied: ledger.applied.filter(({ revision }) => !remove.includes(revision)) };
  return { rows: currentRows(project, kept), add: [], remove };
}

/** An incomplete revision is settled by a stamp: it is there, or it is not. */
function settleSql(plan: StampPlan, ledger: LedgerView, schema: string): readonly string[] {
  return ledger.incomplete
    .filter(({ revision, state }) => state === "going-down" && !plan.remove.includes(revision))
    .map(({ revision }) => markStateSql(ledgerTables(schema), revision, "applied"));
}

/** What is forgotten need not be kept in Git any more either. */
async function forgetStored(project: Project, ledger: LedgerView, revisions: readonly string[]): Promise<void> {
  const repository = findCheckout(project.config)?.repository;
  if (repository !== undefined && repository.git !== null) await forgetTexts(repository, ledger.meta?.databaseId ?? "", revisions);
}

/**
 * Says what is applied without running anything.
 *
 * @throws GmigError of planning (exit 3).
 */
export async function stamp(config: Config, targets: readonly string[], options: StampOptions = {}): Promise<StampResult> {
  const project = await requireProject(config);
  const context = await nameContext(project, targets);
  const meet = options.dryRun === true ? readingLedger : lockingLedger;
  return meet(project, options, async ({ ledger, connection, database, git }) => {
    const { forget } = options;
    const plan = forget === undefined ? planStamp(project.graph, { ...context, applied: ledger.applied, targets, purge: options.purge === true }) : planForget(project, ledger, forget);
    const executed = options.dryRun !== true;
    if (!executed) return { ...plan, executed };
    const statements = [...stampSql(plan, project, actorOf(git), forget === undefined ? "stamp" : "forget"), ...settleSql(plan, ledger, config.ledgerSchema)];
    if (statements.length > 0) {
      try {
        await connection.query(`begin;\n${statements.join(";\n")};\ncommit;`);
      } catch (error) {
        await connection.query("rollback").catch(() => undefined);
        throw queryFailed(error, database.address, "stamping");
      }
    }
    if (forget !== undefined) await forgetStored(project, ledger, plan.remove);
    return { ...plan, executed };
  });
}
