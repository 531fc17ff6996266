import { command } from "../errors.js";
import type { Problem } from "../revision/problem.js";
import { isLabel, isRevisionId } from "../revision/revision-id.js";
import { findCycles } from "./find-cycles.js";
import { type GraphInput, idsOf, type Node } from "./graph.js";
import { nearest } from "../nearest.js";

const NONE: readonly string[] = Object.freeze([]);

function where(input: GraphInput): string {
  return input.file === undefined ? input.revision : `${input.revision} (${input.file})`;
}

function problem(code: Problem["code"], message: string, input: GraphInput, hint?: string): Problem {
  return { code, message, revisions: [input.revision], ...(input.file === undefined ? {} : { file: input.file }), ...(hint === undefined ? {} : { hint }) };
}

function ownProblem(id: string, input: GraphInput): Problem | null {
  if (!isRevisionId(id)) {
    const file = input.file === undefined ? "" : ` in ${input.file}`;
    return problem("ID_MALFORMED", `${JSON.stringify(id)}${file} cannot be an id: it must not hold @ - + : / or white space, nor be head, heads, base or current`, input, input.file === undefined ? undefined : `edit ${input.file}`);
  }
  if (input.parents?.includes(id) === true) return problem("SELF_PARENT", `Revision ${where(input)} names itself as its parent`, input, command`gmig edit ${id}`);
  const { dependsOn = NONE, labels } = input;
  if (dependsOn.some((name) => name === id || labels?.includes(name) === true)) {
    return problem("SELF_DEPENDENCY", `Revision ${where(input)} depends on itself`, input, command`gmig edit ${id}`);
  }
  return null;
}

const LISTS = ["parents", "dependsOn", "labels"] as const;
const TEXTS = ["created", "message"] as const;

/** What is wrong with the form of a header that no compiler has checked. */
function formProblem(input: unknown): Problem | null {
  const header = (input ?? {}) as Readonly<Record<string, unknown>>;
  const { revision } = header;
  const malformed = (message: string, revisions: readonly string[]): Problem => ({ code: "REVISION_MALFORMED", message, revisions });
  if (typeof revision !== "string") return malformed(`A header needs its revision as a text, and has ${JSON.stringify(revision) ?? "none"}`, []);
  const isText = (value: unknown): boolean => typeof value === "string";
  const list = LISTS.find((key) => header[key] !== undefined && !(Array.isArray(header[key]) && header[key].every(isText)));
  if (list !== undefined) return malformed(`${list} of revision ${revision} must be a list of texts`, [revision]);
  const text = TEXTS.find((key) => header[key] !== undefined && !isText(header[key]));
  return text === undefined ? null : malformed(`${text} of revision ${revision} must be a text`, [revision]);
}

/** Splits off the revisions that can't be told apart or named: malformed headers, malformed and duplicate ids, and those that name themselves. */
export function soundInputs(inputs: Iterable<GraphInput>): { readonly sound: ReadonlyMap<string, GraphInput>; readonly problems: readonly Problem[] } {
  const sound = new Map<string, GraphInput>();
  const twice = new Map<string, GraphInput[]>();
  const problems: Problem[] = [];
  for (const input of inputs) {
    const form = formProblem(input);
    if (form !== null) {
      problems.push(form);
      continue;
    }
    const other = sound.get(input.revision);
    if (other === undefined) sound.set(input.revision, input);
    else twice.set(input.revision, [...(twice.get(input.revision) ?? [other]), input]);
  }
  for (const [id, same] of twice) {
    const files = same.flatMap(({ file }) => file ?? []).sort();
    const list = files.length > 0 ? `: ${files.join(" and ")}` : ` (${same.length} times)`;
    problems.push({ ...problem("REVISION_DUPLICATE", `Revision ${id} is declared more than once${list}`, same[0] as GraphInput), hint: "give the newer file another id" });
    sound.delete(id);
  }
  for (const [id, input] of sound) {
    const own = ownProblem(id, input);
    if (own === null) continue;
    problems.push(own);
    sound.delete(id);
  }
  return { sound, problems: problems.sort((a, b) => ((a.revisions[0] ?? "") < (b.revisions[0] ?? "") ? -1 : 1)) };
}

export interface DeclaredLabels {
  /** The id of the revision that declares each label. */
  readonly declaring: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Collects the labels; a malformed or doubly declared one is reported and left out. */
export function declaredLabels(inputs: readonly GraphInput[], sound: ReadonlyMap<string, GraphInput>): DeclaredLabels {
  const byLabel = new Map<string, GraphInput[]>();
  for (const input of inputs) {
    if (input.labels === undefined || input.labels.length === 0) continue;
    for (const label of new Set(input.labels)) byLabel.set(label, [...(byLabel.get(label) ?? []), input]);
  }
  const declaring = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [label, declared] of byLabel) {
    const [input, other] = declared as [GraphInput, ...GraphInput[]];
    if (!isLabel(label)) {
      problems.push(problem("LABEL_MALFORMED", `${JSON.stringify(label)} of revision ${where(input)} cannot be a label`, input, command`gmig edit ${input.revision}`));
    } else if (other !== undefined) {
      const message = `Label ${label} is declared by both ${where(input)} and ${where(other)}`;
      problems.push({ ...problem("LABEL_DUPLICATE", message, input, command`gmig edit ${other.revision}`), revisions: declared.map(({ revision }) => revision) });
    } else if (sound.has(label)) {
      problems.push(problem("LABEL_DUPLICATE", `Label ${label} of revision ${where(input)} is the id of another revision`, input, command`gmig edit ${input.revision}`));
    } else declaring.set(label, input.revision);
  }
  return { declaring, problems };
}

/** Reports parents and dependencies that are nowhere; those whose own revision was reported already are passed over. */
export function edgeProblems(
  inputs: readonly GraphInput[],
  sound: ReadonlyMap<string, GraphInput>,
  labels: ReadonlyMap<string, string>,
  reported: readonly Problem[],
): readonly Problem[] {
  const known = new Set(reported.flatMap(({ revisions }) => revisions));
  const problems: Problem[] = [];
  for (const input of inputs) {
    for (const parent of input.parents ?? NONE) {
      if (sound.has(parent)) continue;
      const near = nearest(parent, sound.keys());
      const question = known.has(parent) ? ", which has a problem of its own" : near === null ? "" : `; did you mean ${near}?`;
      const message = `Revision ${where(input)} follows ${parent}, which is not in this checkout${question}`;
      problems.push({ ...problem("PARENT_MISSING", message, input, command`gmig rebase ${input.revision} --onto ${near ?? "REV"}`), missing: parent });
    }
    for (const name of input.dependsOn ?? NONE) {
      if (sound.has(name) || labels.has(name)) continue;
      const near = nearest(name, [...sound.keys(), ...labels.keys()]);
      const message = `Revision ${where(input)} depends on ${name}, which is not in this checkout${near === null ? "" : `; did you mean ${near}?`}`;
      problems.push({ ...problem("DEPENDENCY_MISSING", message, input, command`gmig edit ${input.revision}`), missing: name });
    }
  }
  return problems;
}

/** Reports one cycle of each tangle: by parents alone where there is one, else by parents and dependencies together. */
export function cycleProblems<Item extends Node>(nodes: Iterable<Item>, inputs: ReadonlyMap<string, GraphInput>): readonly Problem[] {
  const all = [...nodes];
  const byRank = (a: Node, b: Node): number => a.rank - b.rank;
  const report = (code: Problem["code"], cycle: readonly Node[]): Problem => {
    const ids = idsOf(cycle);
    const files = ids.flatMap((id) => inputs.get(id)?.file ?? []);
    const where = files.length === 0 ? "" : ` (${files.join(", ")})`;
    const told = { code, message: `Revisions follow each other in a circle: ${[...ids, ids[0]].join(" <- ")}${where}`, revisions: ids, hint: command`gmig edit ${ids[0] ?? ""}` };
    return files[0] === undefined ? told : { ...told, file: files[0] };
  };
  const byParents = findCycles<Node>(all, ({ children }) => children, byRank);
  const tangled = new Set(byParents.flat());
  const byDependencies = findCycles<Node>(all, ({ above }) => above, byRank).filter((cycle) => !cycle.some((node) => tangled.has(node)));
  return [...byParents.map((cycle) => report("GRAPH_CYCLE", cycle)), ...byDependencies.map((cycle) => report("DEPENDENCY_CYCLE", cycle))];
}
