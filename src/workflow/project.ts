import type { Config } from "../config/config.js";
import type { Listing } from "../directory/list-files.js";
import { readDirectory } from "../directory/read-directory.js";
import type { RevisionFile } from "../directory/revision-file.js";
import { GmigError } from "../errors.js";
import { readGraph } from "../graph/build-graph.js";
import type { Graph } from "../graph/graph.js";
import type { Problem } from "../revision/problem.js";

/** The revisions of a checkout. */
export interface Project {
  readonly config: Config;
  readonly graph: Graph;
  /** The files of the sound revisions, by id. */
  readonly files: ReadonlyMap<string, RevisionFile>;
  /** Revisions that have a file here, and that what is wrong keeps out of the graph. */
  readonly leftOut: ReadonlySet<string>;
  /** What stops a command that writes. */
  readonly problems: readonly Problem[];
  /** Merge revisions left behind by another branch: reported, left out of the graph, and in nobody's way. */
  readonly strays: readonly Problem[];
  /** Revisions folders that are not there. */
  readonly absent: readonly string[];
}

/** A missing parent whose own file could not be read is that file's problem. */
function withoutConsequences(problems: readonly Problem[], broken: readonly Problem[]): readonly Problem[] {
  const names = broken.flatMap(({ file }) => file ?? []);
  return problems.filter(({ code, missing }) => code !== "PARENT_MISSING" || !names.some((name) => name.includes(`_${missing}_`)));
}

/**
 * Reads the revisions of a checkout: the sound part as a graph, and everything that is wrong with the rest.
 *
 * @param listings the folders' files, where they have been listed already.
 */
export async function readProject(config: Config, listings?: readonly Listing[]): Promise<Project> {
  const { files, problems, absent } = readDirectory({ folders: config.migrations, recursive: config.recursive, root: config.root, cache: config.cache }, listings);
  const first = readGraph(files);
  const isIncomplete = first.problems.some(({ code }) => code === "PARENT_MISSING");
  const { reading, strays } = isIncomplete ? await (await import("./missing-parents.js")).explainMissing(config, files, first) : { reading: first, strays: [] };
  const { graph } = reading;
  const byId = new Map<string, RevisionFile>();
  for (const file of files) if (graph.nodes.has(file.revision)) byId.set(file.revision, file);
  const stray = new Set(strays.flatMap(({ revisions }) => revisions));
  const named = [...files.map(({ revision }) => revision), ...problems.flatMap(({ revisions }) => revisions)];
  const leftOut = new Set(named.filter((id) => !graph.nodes.has(id) && !stray.has(id)));
  return { config, graph, files: byId, leftOut, problems: [...problems, ...withoutConsequences(reading.problems, problems)], strays, absent };
}

/** Returns everything that a command which only reads tells about the revisions. */
export function reportedProblems({ problems, strays }: Project): readonly Problem[] {
  return [...problems, ...strays];
}

/**
 * Reads the revisions for a command that writes, which a broken graph stops.
 *
 * @throws GmigError with the first problem's code, all of them in `data.problems`.
 */
export async function requireProject(config: Config): Promise<Project> {
  const project = await readProject(config);
  const [first] = project.problems;
  if (first === undefined) return project;
  // A problem is one sentence, and may name a file whose name holds an end of line.
  const [message, ...others] = project.problems.map((problem) => problem.message.replaceAll("\n", "\\x0a"));
  throw new GmigError(first.code, [message, ...others].join("\n  "), { hint: first.hint, data: { revisions: first.revisions, problems: project.problems } });
}

/**
 * Refuses a checkout without its revisions folder, where "nothing to do" would be a mistake.
 *
 * @throws GmigError FOLDER_ABSENT.
 */
export function requireFolders(project: Project): void {
  const [first] = project.absent;
  if (first === undefined) return;
  throw new GmigError("FOLDER_ABSENT", `The revisions folder ${first} is not there`, { hint: "gmig revision -m MSG", data: { folders: project.absent } });
}
