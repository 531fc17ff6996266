import { randomBytes } from "node:crypto";
import { dirname, extname, join } from "node:path";
import type { Config } from "../config/config.js";
import { fileName, slug } from "../directory/file-name.js";
import { fillTemplate } from "../directory/fill-template.js";
import { fileFrom } from "../directory/read-directory.js";
import { pathOf } from "../directory/revision-file.js";
import { createFile } from "../directory/write-file.js";
import { readIdentity } from "../git/clone-config.js";
import { GmigError } from "../errors.js";
import { readGraph } from "../graph/build-graph.js";
import { type NameContext, resolve } from "../graph/resolve.js";
import { planParents } from "../plan/plan-parents.js";
import { projectLanguage } from "../project/language.js";
import type { Header } from "../revision/header.js";
import { readHeader } from "../revision/read-header.js";
import { deriveRevisionId, isLabel, looksLikeId } from "../revision/revision-id.js";
import { emptyBody, type RevisionBody, type RevisionFormat, writeRevision } from "../revision/write-revision.js";
import { actorOf, NO_GIT } from "./actor.js";
import { findCheckout } from "./checkout.js";
import { nameContext } from "./name-context.js";
import { type Project, requireProject } from "./project.js";

export interface RevisionOptions {
  readonly message: string;
  /** Revision names; `head` when left out. */
  readonly parents?: readonly string[] | undefined;
  /** Allows a parent that is no head. */
  readonly splice?: boolean | undefined;
  readonly labels?: readonly string[] | undefined;
  /** Revision names or labels that must be applied first. */
  readonly dependsOn?: readonly string[] | undefined;
  /** `sql` for a SQL revision; the project's own language when left out. */
  readonly format?: "sql" | undefined;
  readonly transaction?: boolean | undefined;
  readonly body?: RevisionBody | undefined;
  readonly dryRun?: boolean | undefined;
  /** The time of creation; now when left out. */
  readonly now?: Date | undefined;
}

export interface RevisionResult {
  readonly revision: string;
  readonly parents: readonly string[];
  /** The path from the project's folder. */
  readonly file: string;
  /** UTC, ISO 8601, to the second. */
  readonly created: string;
  readonly path: string;
  readonly text: string;
  readonly executed: boolean;
}

const EXTENSION: Readonly<Record<RevisionFormat, string>> = { ts: ".ts", esm: ".js", commonjs: ".js", sql: ".sql" };

function checkLabels(labels: readonly string[]): void {
  const wrong = labels.find((label) => !isLabel(label) || looksLikeId(label));
  if (wrong === undefined) return;
  const why = looksLikeId(wrong) ? "it looks like an id" : "it must not hold @ - + : / or white space, nor be head, heads, base or current";
  throw new GmigError("LABEL_MALFORMED", `${JSON.stringify(wrong)} cannot be a label: ${why}`, { data: { label: wrong } });
}

/** A dependency by label stays a label; everything else becomes the whole id. */
function dependencies(project: Project, names: readonly string[], context: NameContext): readonly string[] {
  return [...new Set(names.flatMap((name) => (project.graph.labels.has(name) ? [name] : resolve(project.graph, name, context).ids)))];
}

/** Git's user.email, else the login name. */
async function authorOf(config: Config): Promise<string> {
  const git = findCheckout(config)?.repository.git ?? null;
  const email = git === null ? null : (await readIdentity(git)).email;
  return email ?? actorOf(NO_GIT).name;
}

function drawId(project: Project, source: { readonly message: string; readonly created: string; readonly body: string; readonly author: string }): string {
  for (;;) {
    const id = deriveRevisionId({ ...source, random: randomBytes(8) });
    if (!project.graph.nodes.has(id)) return id;
  }
}

function formatOf(config: Config, options: RevisionOptions): RevisionFormat {
  if (options.format === "sql" || config.template?.endsWith(".sql") === true) return "sql";
  if (config.template !== null) return /\.[mc]?ts$/.test(config.template) ? "ts" : projectLanguage(config.root) === "commonjs" ? "commonjs" : "esm";
  return config.file !== null && /\.[mc]?ts$/.test(config.file) ? "ts" : projectLanguage(config.root);
}

/** A file of the project's own template must still say what it was given. */
function checkTemplate(text: string, header: Header, path: string): void {
  const result = readHeader(text, path);
  const read = result !== null && "reading" in result ? result.reading.header : null;
  if (read?.revision === header.revision && read.parents.join() === header.parents.join() && read.transaction === header.transaction) return;
  throw new GmigError("CONFIG_INVALID", `The template ${path} does not make a revision: its text lacks the header that it was given`, { hint: 'export const revision = {revision};', data: { file: path } });
}

function checkGraph(project: Project, header: Header): void {
  const [problem] = readGraph([...project.files.values(), header]).problems;
  if (problem !== undefined) throw new GmigError(problem.code, problem.message, { hint: problem.hint, data: { revisions: problem.revisions } });
}

/**
 * Writes a new revision beside its parent; nothing is written when anything is wrong.
 *
 * @throws GmigError of naming (exit 3), SPLICE_NEEDED, LABEL_MALFORMED, LABEL_DUPLICATE, CONFIG_INVALID, WRITE_FAILED.
 */
export async function revision(config: Config, options: RevisionOptions): Promise<RevisionResult> {
  const project = await requireProject(config);
  const { message, labels = [] } = options;
  checkLabels(labels);
  const context = await nameContext(project, [...(options.parents ?? []), ...(options.dependsOn ?? [])]);
  const parents = planParents(project.graph, { ...context, parents: options.parents ?? [], splice: options.splice === true });
  const created = (options.now ?? new Date()).toISOString().replace(/\.\d+Z$/, "Z");
  const format = formatOf(config, options);
  const body = options.body ?? emptyBody(format);
  const header: Header = {
    revision: drawId(project, { message, created, author: await authorOf(config), body: body.up + body.down }),
    parents,
    dependsOn: dependencies(project, options.dependsOn ?? [], context),
    labels,
    created,
    message,
    transaction: options.transaction ?? true,
  };
  checkGraph(project, header);
  const isTemplate = config.template !== null && options.format !== "sql";
  const text = isTemplate ? fillTemplate(config.template ?? "", header, body) : writeRevision(header, format, body);
  if (isTemplate) checkTemplate(text, header, config.template ?? "");
  const { default: transliterate } = await import("any-ascii");
  const extension = isTemplate ? extname(config.template ?? "") : EXTENSION[format];
  const name = fileName(config.fileName, { revision: header.revision, created, slug: slug(message, transliterate) }, extension);
  const beside = project.files.get(parents[0] ?? "");
  const path = join(beside === undefined ? (config.migrations[0] ?? config.root) : dirname(pathOf(beside)), name);
  if (options.dryRun !== true) createFile(path, text);
  return { revision: header.revision, parents, file: fileFrom(config.root, path), created, path, text, executed: options.dryRun !== true };
}
