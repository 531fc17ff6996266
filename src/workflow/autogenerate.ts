import type { Answers, Question } from "../autogenerate/compare/question.js";
import { type RenderedRevision, renderRevision } from "../autogenerate/render/render-revision.js";
import type { Config } from "../config/config.js";
import type { Connection, Database } from "../database/database.js";
import { GmigError } from "../errors.js";
import { describe } from "../operation/operations.js";
import { pendingRevisions } from "../plan/plan-upgrade.js";
import { bringUpAll } from "./bring-up.js";
import { type CompareProjectOptions, comparing, type ProjectComparison } from "./compare-project.js";
import { formatFile } from "./format-file.js";
import { namesOf } from "./knex-names.js";
import { openScratch } from "./open-scratch.js";
import { type Project, requireProject } from "./project.js";
import { answersUnused, questionsOpen } from "./questions-open.js";
import { revision, type RevisionOptions, type RevisionResult } from "./revision.js";
import { type MeetOptions, readingLedger } from "./with-ledger.js";

/** Answers by question id; null where the person gave up. */
export type Ask = (questions: readonly Question[]) => Promise<ReadonlyMap<string, string> | null>;

export interface AutogenerateOptions extends RevisionOptions, CompareProjectOptions, MeetOptions {
  /** Compares with what the revisions make on a scratch database, so that no up-to-date database is needed. */
  readonly offline?: boolean | undefined;
  /** Only looks for differences, so that no question has to be answered. */
  readonly looksOnly?: boolean | undefined;
  /** Asks a person; without it, what must be known and is not is refused. */
  readonly ask?: Ask | undefined;
}

/** What a comparison found, in words. */
export interface Differences {
  readonly operations: readonly string[];
  /** In the database, asked for by no model, and kept. */
  readonly kept: readonly string[];
  readonly suggestions: readonly string[];
  /** What to look at before running it. */
  readonly hazards: readonly string[];
  /** Whether there were changes and the configuration's `rewrite` left none. */
  readonly rewrittenAway: boolean;
}

export interface AutogenerateResult extends Differences {
  /** Null when there is nothing to write. */
  readonly revision: string | null;
  readonly parents: readonly string[];
  readonly file: string | null;
  readonly created: string | null;
  readonly path: string | null;
  readonly text: string | null;
  readonly executed: boolean;
}

/** Puts what a comparison found into words. */
export function inWords({ operations, kept, suggestions, hazards, rewrittenAway }: ProjectComparison): Differences {
  return {
    operations: operations.map(describe),
    kept: kept.map(({ kind, name, reason }) => `${kind} ${name}${reason === undefined ? "" : `: ${reason}`}`),
    suggestions: suggestions.map(({ message }) => message),
    hazards: hazards.map(({ message }) => message),
    rewrittenAway,
  };
}

/** The same answers, noting which are asked for. */
function noting(answers: Answers, consulted: Set<string>): Answers {
  return Object.assign(new Map(answers), {
    get: (id: string) => {
      consulted.add(id);
      return answers.get(id);
    },
  });
}

/** Compares until no question is left that must be answered. */
async function settle(compare: (answers: Answers) => Promise<ProjectComparison>, options: AutogenerateOptions): Promise<ProjectComparison> {
  const answers = new Map(options.answers);
  for (;;) {
    const consulted = new Set<string>();
    const comparison = await compare(noting(answers, consulted));
    if (options.looksOnly === true) return comparison;
    const open = comparison.questions.filter(({ id }) => !answers.has(id));
    if (open.length === 0 || options.ask === undefined) {
      const unused = [...(options.answers ?? new Map()).keys()].filter((id) => !consulted.has(id));
      // The others are told, too: a value is asked for where a rename that need not be answered would make it needless.
      if (open.some(({ required }) => required)) throw questionsOpen(open, unused);
      if (unused.length > 0) throw answersUnused(unused);
      return comparison;
    }
    // One at a time: an answer may settle the others.
    const asked = open.slice(0, 1);
    const given = await options.ask(asked);
    if (given === null) throw new GmigError("INTERRUPTED", "Interrupted; nothing was written");
    for (const { id } of asked) answers.set(id, given.get(id) ?? "");
  }
}

/** The current schema must be that of the head: else the revision would undo or repeat what others do. */
function refuseBehind(project: Project, applied: readonly { readonly revision: string; readonly parents: readonly string[]; readonly dependsOn: readonly string[] }[]): void {
  const { pending, outOfOrder } = pendingRevisions(project.graph, { applied });
  const unknown = applied.filter(({ revision: id }) => !project.graph.nodes.has(id)).map(({ revision: id }) => id);
  if (pending.length + outOfOrder.length + unknown.length === 0) return;
  const missing = [...pending, ...outOfOrder];
  const what = missing.length > 0 ? `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} not applied` : `${unknown.join(", ")} ${unknown.length > 1 ? "are" : "is"} applied and not in this checkout`;
  throw new GmigError("NOT_AT_HEAD", `The database is not at the head: ${what}`, { hint: unknown.length > 0 ? "gmig sync" : "gmig upgrade", data: { pending: missing, unknown } });
}

async function compareWith(project: Project, database: Database, connection: Connection, options: AutogenerateOptions): Promise<ProjectComparison> {
  return comparing(project, database, connection, options, async ({ compare }) => settle(compare, options));
}

/** Builds the schema of the head on a scratch database, and compares with that. */
async function compareOffline(project: Project, options: AutogenerateOptions): Promise<ProjectComparison> {
  const scratch = await openScratch(project);
  try {
    const database = await scratch.create();
    await bringUpAll(database, project, options);
    return await compareWith(project, database, await database.connect(), { ...options, looksAtRows: false });
  } finally {
    await scratch.close();
  }
}

/** Compares the models with the database, or with what the revisions make. */
export async function compareModelsOf(project: Project, options: AutogenerateOptions): Promise<ProjectComparison> {
  if (options.offline === true) return compareOffline(project, options);
  return readingLedger(project, { ...options, opens: true }, async ({ ledger, database, connection }) => {
    refuseBehind(project, ledger.applied);
    return compareWith(project, database, connection, options);
  });
}

async function rendered(comparison: ProjectComparison, config: Config, format: "knex" | "sql"): Promise<RenderedRevision> {
  const { identifier } = await namesOf(config);
  return renderRevision(comparison.operations, {
    format,
    bareSchema: config.schemas[0] ?? "public",
    hazards: comparison.hazards,
    kept: comparison.kept.map(({ kind, name }) => `${kind} ${name}`),
    ...(identifier === undefined ? {} : { mapped: identifier }),
  });
}

/**
 * Writes the revision that takes the database to the models; nothing when nothing contradicts.
 *
 * @throws GmigError NOT_AT_HEAD, MODEL_INVALID, QUESTIONS_OPEN, MULTIPLE_HEADS, SCRATCH_UNAVAILABLE, and what `revision` throws.
 */
export async function autogenerate(config: Config, options: AutogenerateOptions): Promise<AutogenerateResult> {
  const project = await requireProject(config);
  const comparison = await compareModelsOf(project, { ...options, looksAtRows: true });
  const words = inWords(comparison);
  if (comparison.operations.length === 0) return { ...words, revision: null, parents: [], file: null, created: null, path: null, text: null, executed: options.dryRun !== true };
  const isSql = options.format === "sql" || config.template?.endsWith(".sql") === true;
  const { comment, up, down, transaction } = await rendered(comparison, config, isSql ? "sql" : "knex");
  const written: RevisionResult = await revision(config, { ...options, body: { comment, up, down }, transaction: options.transaction ?? transaction });
  if (written.executed) await formatFile(written.path, config);
  return { ...words, ...written };
}
