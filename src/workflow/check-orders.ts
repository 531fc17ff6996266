import type { Database } from "../database/database.js";
import { readSchema } from "../database/introspect/read-schema.js";
import type { Frozen, Scratch } from "../database/scratch.js";
import { GmigError } from "../errors.js";
import type { Graph, Node } from "../graph/graph.js";
import { ancestors } from "../graph/reach.js";
import { topologicalOrder } from "../graph/topological-order.js";
import { compareOrders, type OrderOutcome, touchedObjects, type Touched, type Verdict } from "../merge/verdict.js";
import type { Plan } from "../plan/plan.js";
import { makePlan } from "../plan/make-plan.js";
import { trackState } from "../plan/applied-state.js";
import type { RunnableStep } from "../runner/runnable-step.js";
import type { Schema } from "../schema/schema.js";
import { bringUp, type BringUpOptions } from "./bring-up.js";
import type { Project } from "./project.js";
import { runnableSteps } from "./runnable-steps.js";

function planOf(graph: Graph, nodes: Iterable<Node>, before: ReadonlySet<Node>): Plan {
  const order = topologicalOrder(nodes);
  const entries = new Map([...before].map((node) => [node.revision, { revision: node.revision, parents: [], dependsOn: [] }]));
  const drafts = order.map(({ revision }) => ({ revision, direction: "up" as const, reason: "both orders are tried" }));
  return makePlan(drafts, trackState(graph, { entries }));
}

async function schemaOf(database: Database, project: Project): Promise<Schema> {
  const connection = await database.connect();
  try {
    return withoutLedger(await readSchema(connection), project.config.ledgerSchema);
  } finally {
    await connection.close();
  }
}

/** gmig's own tables are no part of what is compared. */
function withoutLedger(schema: Schema, ledgerSchema: string): Schema {
  const isOwn = (object: { readonly schema: string; readonly name: string }): boolean => object.schema === ledgerSchema && object.name.startsWith("gmig_");
  return { ...schema, tables: schema.tables.filter((table) => !isOwn(table)), sequences: schema.sequences.filter((sequence) => !isOwn(sequence)) };
}

/** Two or more heads to be tried in one order and in the reverse. */
interface Contest {
  readonly heads: readonly Node[];
  /** What each head stands on and the trial's base does not hold yet. */
  readonly sides: readonly (readonly Node[])[];
}

interface Trial {
  readonly project: Project;
  readonly scratch: Scratch;
  /** What all heads have in common, brought up. */
  readonly base: Frozen;
  readonly common: ReadonlySet<Node>;
  readonly options: BringUpOptions;
}

function commonAncestors(heads: readonly Node[]): ReadonlySet<Node> {
  const [first = new Set<Node>(), ...others] = heads.map((head) => ancestors([head]));
  return new Set([...first].filter((node) => others.every((set) => set.has(node))));
}

function contestOf(heads: readonly Node[], common: ReadonlySet<Node>): Contest {
  return { heads, sides: heads.map((head) => [...ancestors([head])].filter((node) => !common.has(node))) };
}

/** Two heads are tried against each other; of more, each pair, and then all at once. */
function contests(heads: readonly Node[], common: ReadonlySet<Node>): readonly Contest[] {
  const pairs = heads.flatMap((left, index) => heads.slice(index + 1).map((right) => contestOf([left, right], common)));
  return heads.length === 2 ? pairs : [...pairs, contestOf(heads, common)];
}

/** The steps that bring up the sides one after the other; what two sides share comes first, since both stand on it. */
async function stepsInOrder({ project, common }: Trial, sides: Contest["sides"]): Promise<readonly RunnableStep[]> {
  const done = new Set(common);
  const counts = new Map<Node, number>();
  for (const side of sides) for (const node of side) counts.set(node, (counts.get(node) ?? 0) + 1);
  const shared = [...counts].filter(([, count]) => count === sides.length && sides.length > 1).map(([node]) => node);
  const steps: RunnableStep[] = [];
  for (const nodes of [shared, ...sides]) {
    const fresh = nodes.filter((node) => !done.has(node));
    steps.push(...(await runnableSteps(planOf(project.graph, fresh, done), project)));
    for (const node of fresh) done.add(node);
  }
  return steps;
}

/** Brings the sides up in an order, and reads the schema that they lead to. */
async function tryOrder(trial: Trial, { heads, sides }: Contest): Promise<OrderOutcome> {
  const { scratch, project, options } = trial;
  const order = heads.map(({ revision }) => revision);
  const database = await scratch.thaw(trial.base);
  try {
    await bringUp(database, await stepsInOrder(trial, sides), project, options);
    return { order, schema: await schemaOf(database, project), failure: null };
  } catch (error) {
    if (!(error instanceof GmigError) || error.code !== "STEP_FAILED") throw error;
    return { order, schema: null, failure: { revision: String(error.data["revision"]), message: error.message } };
  } finally {
    await database.close();
  }
}

/** Looks at what each revision of a contest changes, by reading the schema after each; done only when there is a conflict to explain. */
async function findTouched(trial: Trial, { sides }: Contest): Promise<Touched> {
  const touched = new Map<string, readonly string[]>();
  for (const side of sides) {
    const database = await trial.scratch.thaw(trial.base);
    try {
      let before = await schemaOf(database, trial.project);
      for (const step of await stepsInOrder(trial, [side])) {
        await bringUp(database, [step], trial.project, trial.options);
        const after = await schemaOf(database, trial.project);
        touched.set(step.step.revision, touchedObjects(before, after));
        before = after;
      }
    } catch (error) {
      // A side that cannot stand alone has told so in its order already.
      if (!(error instanceof GmigError) || error.code !== "STEP_FAILED") throw error;
    } finally {
      await database.close();
    }
  }
  return touched;
}

async function decide(trial: Trial, contest: Contest): Promise<Verdict> {
  const reversed: Contest = { heads: contest.heads.toReversed(), sides: contest.sides.toReversed() };
  const [forwards, backwards] = [await tryOrder(trial, contest), await tryOrder(trial, reversed)];
  const verdict = compareOrders(forwards, backwards);
  return verdict.verdict === "commutes" ? verdict : compareOrders(forwards, backwards, await findTouched(trial, contest));
}

async function freezeCommon(heads: readonly Node[], common: ReadonlySet<Node>, scratch: Scratch, project: Project, options: BringUpOptions): Promise<Frozen> {
  const database = await scratch.create();
  const steps = await runnableSteps(planOf(project.graph, common, new Set()), project);
  options.onProgress?.({ kind: "notice", text: `trying the orders of ${heads.map(({ revision }) => revision).join(" and ")} on ${scratch.place}` });
  try {
    await bringUp(database, steps, project, options);
  } catch (error) {
    await database.close();
    throw error;
  }
  return scratch.freeze(database);
}

/** Joins what the contests came to; what several of them found is told once. */
function joinVerdicts(verdicts: readonly Verdict[]): Verdict {
  const conflicts = new Map(verdicts.flatMap((verdict) => verdict.conflicts.map((conflict) => [`${conflict.kind} ${conflict.name} ${conflict.revisions.join()}`, conflict] as const)));
  return {
    verdict: conflicts.size === 0 ? "commutes" : "conflicts",
    conflicts: [...conflicts.values()],
    columnOrder: [...new Set(verdicts.flatMap(({ columnOrder }) => columnOrder))],
  };
}

/**
 * Tries whether the sides of heads commute: brings up what they have in common once, and on copies of that the sides in one order and in the reverse, and
 * compares the schemas read back. Of three heads and more, each pair is tried, and all at once.
 *
 * @throws GmigError STEP_FAILED when already what they have in common fails.
 */
export async function checkOrders(heads: readonly Node[], project: Project, scratch: Scratch, options: BringUpOptions = {}): Promise<Verdict> {
  const common = commonAncestors(heads);
  const base = await freezeCommon(heads, common, scratch, project, options);
  const trial: Trial = { project, scratch, base, common, options };
  const verdicts: Verdict[] = [];
  for (const contest of contests(heads, common)) verdicts.push(await decide(trial, contest));
  return joinVerdicts(verdicts);
}
