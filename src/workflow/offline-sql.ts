import type { Config } from "../config/config.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { offlineKnex, type OfflineKnex } from "../database/offline-knex.js";
import { continueSql, openingSql } from "../database/offline-script.js";
import { packagesOf } from "../database/user-package.js";
import type { Actor } from "../database/write-ledger.js";
import { command, GmigError } from "../errors.js";
import type { NameContext } from "../graph/resolve.js";
import { parseRange, parseRevisionName } from "../graph/revision-name.js";
import { readApplied } from "../plan/applied-state.js";
import type { Plan } from "../plan/plan.js";
import { planDowngrade } from "../plan/plan-downgrade.js";
import { planStamp } from "../plan/plan-stamp.js";
import { planUpgrade } from "../plan/plan-upgrade.js";
import { begunSql, doneSql } from "../runner/record-step.js";
import { requireTransactional } from "../runner/run-plan.js";
import type { RunnableStep } from "../runner/runnable-step.js";
import { VERSION } from "../version.js";
import { actorOf, NO_GIT } from "./actor.js";
import { gitContext } from "./checkout.js";
import { nameContext } from "./name-context.js";
import { findSource } from "./open-target.js";
import { type Project, requireProject } from "./project.js";
import { runnableSteps } from "./runnable-steps.js";
import { stampSql } from "./stamp.js";

export interface OfflineOptions {
  readonly transaction?: "each" | "all" | undefined;
}

export interface OfflineResult {
  readonly sql: string;
  readonly plan: readonly { readonly revision: string; readonly direction: "up" | "down" }[];
  readonly rows: readonly string[];
}

/** Where a script begins: the rows and how many revisions they stand for. */
interface Start {
  readonly rows: readonly string[];
  readonly applied: number;
}

function splitTarget(target: string): { readonly from: string; readonly to: string } {
  if (!target.includes(":")) return { from: "", to: target };
  const { lower, upper } = parseRange(target);
  return { from: lower, to: upper };
}

/** The context of names in a script, which has no rows to go by. */
async function offlineContext(project: Project, names: readonly string[]): Promise<NameContext> {
  const current = names.find((name) => name !== "" && parseRevisionName(name).symbol === "current");
  if (current === undefined) return nameContext(project, names);
  throw new GmigError("USAGE", `A script cannot begin or end at ${current}, since it asks no database where it is`, { hint: "gmig current", data: { name: current } });
}

function startOf(project: Project, rows: readonly string[]): Start {
  return { rows, applied: readApplied(project.graph, { rows }).entries.size };
}

function asStatement(sql: string): string {
  const text = sql.trim();
  return text === "" || text.endsWith(";") ? text : `${text}\n;`;
}

/** Knex for offline use is made when the first body needs it: a history of SQL files needs none. */
function lazyKnex(config: Config): () => Promise<OfflineKnex> {
  let made: Promise<OfflineKnex> | null = null;
  return () => {
    made ??= (async () => {
      // What the configuration sets for Knex, such as wrapIdentifier, shapes the SQL; the address is not used.
      const source = await findSource(config, NO_GIT).catch(() => null);
      return offlineKnex(packagesOf(config.root), source?.knex ?? {});
    })();
    return made;
  };
}

async function bodySql(step: RunnableStep, knex: () => Promise<OfflineKnex>): Promise<string> {
  const { body, transactional } = step;
  const { revision, direction } = step.step;
  if (body.kind === "sql") return body.statements.map(asStatement).join("\n");
  try {
    const { statements, reads } = await (await knex()).capture(body.run, transactional);
    const warning = reads ? [`-- gmig: revision ${revision} reads the database on its way ${direction}; offline it read nothing, so check what follows`] : [];
    return [...warning, ...statements.map(asStatement)].join("\n");
  } catch (cause) {
    const why = (cause as Error).message;
    throw new GmigError("USAGE", `Revision ${revision} cannot be printed as SQL: its ${direction} needs what the database answers (${why})`, {
      cause,
      hint: command`gmig ${direction === "up" ? "upgrade" : "downgrade"} ${revision}`,
      data: { revision, direction },
    });
  }
}

function title(step: RunnableStep): string {
  const { direction, revision } = step.step;
  return `-- ${direction} ${revision}${step.message === "" ? "" : `: ${step.message.replace(/\s+/g, " ")}`}`;
}

/** What a script is, and how psql has to run it for a failure to be seen: its own setting would be a syntax error to every driver. */
function headOf(what: string): string {
  return `-- gmig ${VERSION}: ${what}\n-- psql -X -v ON_ERROR_STOP=1 -f THIS_FILE`;
}

interface ScriptOptions {
  readonly config: Config;
  readonly actor: Actor;
  readonly transaction: "each" | "all";
}

/** The steps as text, each guarded by what the ledger must hold before it. */
async function stepScripts(steps: readonly RunnableStep[], start: Start, options: ScriptOptions): Promise<readonly string[]> {
  const { config, actor, transaction } = options;
  const tables = ledgerTables(config.ledgerSchema);
  const knex = lazyKnex(config);
  const lockTimeout = `set local lock_timeout = '${config.lockTimeout}';`;
  const scripts: string[] = [];
  let { rows, applied } = start;
  for (const step of steps) {
    const body = await bodySql(step, knex);
    const guard = continueSql(tables, { rows, applied });
    const done = doneSql(step, 0, { tables, actor });
    if (transaction === "all") scripts.push(`${title(step)}\n${lockTimeout}\n${body}\n${done}`);
    else if (step.transactional) scripts.push(`${title(step)}\n${guard}\nbegin;\n${lockTimeout}\n${body}\n${done}\ncommit;`);
    else scripts.push(`${title(step)} (outside a transaction)\n\\set ON_ERROR_STOP on\n${guard}\n${begunSql(step, { tables, actor })};\n${body}\nbegin;\n${done}\ncommit;`);
    applied += step.step.direction === "up" ? 1 : -1;
    rows = step.step.rows;
  }
  return scripts;
}

async function script(project: Project, plan: Plan, start: Start, what: string, options: OfflineOptions): Promise<OfflineResult> {
  const { config } = project;
  const tables = ledgerTables(config.ledgerSchema);
  const steps = await runnableSteps(plan, project);
  const transaction = options.transaction ?? "each";
  if (transaction === "all") requireTransactional(steps);
  const parts = await stepScripts(steps, start, { config, actor: actorOf(await gitContext(config, true)), transaction });
  const opening = openingSql(tables, config.environmentSaid, start);
  const head = headOf(what);
  const text = transaction === "all" ? [head, `begin;\n${opening}`, ...parts, "commit;"] : [head, `begin;\n${opening}\ncommit;`, ...parts];
  const sql = `${text.join("\n\n")}\n`;
  return { sql, plan: plan.steps.map(({ revision, direction }) => ({ revision, direction })), rows: plan.rows };
}

/**
 * Prints what an upgrade would send, as a script that leaves the database and its ledger as the online command does. `target` is `[FROM:]TO`;
 * nothing is connected to.
 *
 * @throws GmigError of planning (exit 3); USAGE for a body that needs the database's answers.
 */
export async function upgradeSql(config: Config, target: string, options: OfflineOptions = {}): Promise<OfflineResult> {
  const project = await requireProject(config);
  const { from, to } = splitTarget(target);
  const context = await offlineContext(project, [from, to]);
  const plan = planUpgrade(project.graph, { ...context, from, to });
  const { rows } = planUpgrade(project.graph, { ...context, from, to: from === "" ? "base" : from });
  return script(project, plan, startOf(project, rows), `upgrade from ${from === "" ? "base" : from} to ${to === "" ? "head" : to}`, options);
}

/**
 * Prints what a downgrade would send; `range` is `FROM:TO`.
 *
 * @throws GmigError as `upgradeSql`.
 */
export async function downgradeSql(config: Config, range: string, options: OfflineOptions = {}): Promise<OfflineResult> {
  const project = await requireProject(config);
  if (!range.includes(":")) throw new GmigError("USAGE", "downgrade --sql takes FROM:TO, since it asks no database where it is", { hint: command`gmig downgrade --sql heads:${range}` });
  const { from, to } = splitTarget(range);
  const context = await offlineContext(project, [from, to]);
  const plan = planDowngrade(project.graph, { ...context, from, to });
  const start = planUpgrade(project.graph, { ...context, from: "", to: from === "" ? "heads" : from }).rows;
  return script(project, plan, startOf(project, start), `downgrade from ${from === "" ? "heads" : from} to ${to === "" ? "base" : to}`, options);
}

/**
 * Prints what a stamp would send; a target is `[FROM:]TO`.
 *
 * @throws GmigError as `stamp`.
 */
export async function stampScript(config: Config, targets: readonly string[]): Promise<OfflineResult> {
  const project = await requireProject(config);
  const ends = targets.map(splitTarget);
  const from = ends.find((end) => end.from !== "")?.from ?? "";
  const context = await offlineContext(project, ends.flatMap((end) => [end.from, end.to]));
  const { rows } = planUpgrade(project.graph, { ...context, from: "", to: from === "" ? "base" : from });
  const plan = planStamp(project.graph, { ...context, rows, targets: ends.map(({ to }) => to) });
  const opening = openingSql(ledgerTables(config.ledgerSchema), config.environmentSaid, startOf(project, rows));
  const statements = stampSql(plan, project, actorOf(await gitContext(config, true)), "stamp").map((sql) => `${sql};`);
  const sql = [headOf(`stamp ${targets.join(" ")}`), `begin;\n${opening}`, ...statements, "commit;"].join("\n\n");
  const steps = [...plan.remove.map((revision) => ({ revision, direction: "down" as const })), ...plan.add.map((revision) => ({ revision, direction: "up" as const }))];
  return { sql: `${sql}\n`, plan: steps, rows: plan.rows };
}

