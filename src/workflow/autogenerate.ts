import type { Answers, Question } from "../autogenerate/compare/question.js";
import { type RenderedRevision, renderRevision } from "../autogenerate/render/render-revision.js";
import type { Config } from "../config/config.js";
import { GmigError } from "../errors.js";
import { atHead, type AtHeadOptions } from "./at-head.js";
import { type Compare, type CompareProjectOptions, comparing, type ProjectComparison } from "./compare-project.js";
import { type Differences, inWords } from "./differences.js";
import { formatFile } from "./format-file.js";
import { namesOf } from "./knex-names.js";
import { type Project, requireProject } from "./project.js";
import { answersUnused, questionsOpen } from "./questions-open.js";
import { revision, type RevisionOptions, type RevisionResult } from "./revision.js";
import { readActual, sourcesOf } from "./sources.js";

/** Answers by question id; null where the person gave up. */
export type Ask = (questions: readonly Question[]) => Promise<ReadonlyMap<string, string> | null>;

export interface AutogenerateOptions extends RevisionOptions, CompareProjectOptions, AtHeadOptions {
  /** Asks a person; without it, what must be known and is not is refused. */
  readonly ask?: Ask | undefined;
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
async function settle(compare: Compare, options: AutogenerateOptions): Promise<ProjectComparison> {
  const answers = new Map(options.answers);
  for (;;) {
    const consulted = new Set<string>();
    const comparison = await compare(noting(answers, consulted));
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

/** Compares the models with the database, or with what the revisions make. */
async function compareModelsOf(project: Project, options: AutogenerateOptions): Promise<ProjectComparison> {
  return atHead(project, options, async ({ database, connection }) => {
    const sources = await sourcesOf(project, database, connection);
    const looksAtRows = options.offline !== true;
    const [actual] = await Promise.all([readActual(sources), sources.declare()]);
    return comparing({ ...sources, actual }, { ...options, looksAtRows }, async (compare) => settle(compare, options));
  });
}

async function rendered(comparison: ProjectComparison, config: Config, format: "knex" | "sql"): Promise<RenderedRevision> {
  const { identifier } = await namesOf(config);
  return renderRevision(comparison.operations, {
    format,
    bareSchema: config.schemas[0] ?? "public",
    hazards: comparison.hazards,
    properties: comparison.properties,
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
  const comparison = await compareModelsOf(project, options);
  const words = inWords(comparison);
  if (comparison.operations.length === 0) return { ...words, revision: null, parents: [], file: null, created: null, path: null, text: null, executed: options.dryRun !== true };
  const isSql = options.format === "sql" || config.template?.endsWith(".sql") === true;
  const { comment, up, down, transaction } = await rendered(comparison, config, isSql ? "sql" : "knex");
  const written: RevisionResult = await revision(config, { ...options, body: { comment, up, down }, transaction: options.transaction ?? transaction });
  if (written.executed) await formatFile(written.path, config);
  return { ...words, ...written };
}
