import type { Database } from "../database/database.js";
import { readSchema } from "../database/introspect/read-schema.js";
import { ensureLedger } from "../database/ledger-meta.js";
import { ledgerTables } from "../database/ledger-tables.js";
import type { Frozen, Scratch } from "../database/scratch.js";
import { GmigError } from "../errors.js";
import type { Graph, Node } from "../graph/graph.js";
import { ancestors } from "../graph/reach.js";
import { topologicalOrder } from "../graph/topological-order.js";
import { compareOrders, type OrderOutcome, touchedObjects, type Touched, type Verdict } from "../merge/verdict.js";
import type { Plan } from "../plan/plan.js";
import { makePlan } from "../plan/make-plan.js";
import { trackState } from "../plan/applied-state.js";
import type { OnProgress } from "../runner/progress.js";
import { runPlan } from "../runner/run-plan.js";
import type { RunnableStep } from "../runner/runnable-step.js";
import type { Schema } from "../schema/schema.js";
import { actorOf, NO_GIT } from "./actor.js";
import { locateIn } from "./locate.js";
import type { Project } from "./project.js";
import { runnableSteps } from "./runnable-steps.js";

export interface OrdersOptions {
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

function planOf(graph: Graph, nodes: Iterable<Node>, before: ReadonlySet<Node>): Plan {
  const order = topologicalOrder(nodes);
  const entries = new Map([...before].map((node) => [node.revision, { revision: node.revision, parents: [], dependsOn: [] }]));
  const drafts = order.map(({ revision }) => ({ revision, direction: "up" as const, reason: "both orders are tried" }));
  return makePlan(drafts, trackState(graph, { entries }));
}

/** Runs steps on a scratch database. */
async function bringUp(database: Database, steps: readonly RunnableStep[], project: Project, options: OrdersOptions): Promise<void> {
  const { config } = project;
  const lock = await database.connect();
  const tables = ledgerTables(config.ledgerSchema);
  await ensureLedger(lock, tables, "test");
  await runPlan(steps, {
    database,
    lock,
    tables,
    actor: actorOf(NO_GIT),
    transaction: "each",
    lockTimeout: config.lockTimeout,
    onStep: null,
    onProgress: () => undefined,
    locate: locateIn(config.root),
    signal: options.signal,
    guardData: false,
  });
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

/** The parts of a fork: what all heads stand on, and what each has of its own, without what is another's too. */
interface Fork {
  readonly common: ReadonlySet<Node>;
  readonly sides: readonly (readonly Node[])[];
}

function splitFork(heads: readonly Node[]): Fork {
  const reached = heads.map((head) => ancestors([head]));
  const [first = new Set<Node>(), ...others] = reached;
  const common = new Set([...first].filter((node) => others.every((set) => set.has(node))));
  return { common, sides: reached.map((set) => [...set].filter((node) => !common.has(node))) };
}

interface Trial {
  readonly project: Project;
  readonly scratch: Scratch;
  readonly base: Frozen;
  readonly fork: Fork;
  readonly heads: readonly Node[];
  readonly options: OrdersOptions;
}

async function stepsInOrder(trial: Trial, order: readonly number[]): Promise<readonly RunnableStep[]> {
  const done = new Set(trial.fork.common);
  const steps: RunnableStep[] = [];
  for (const side of order) {
    const nodes = (trial.fork.sides[side] ?? []).filter((node) => !done.has(node));
    steps.push(...(await runnableSteps(planOf(trial.project.graph, nodes, done), trial.project)));
    for (const node of nodes) done.add(node);
  }
  return steps;
}

/** Brings the sides up in an order, and reads the schema that they lead to. */
async function tryOrder(trial: Trial, order: readonly number[]): Promise<OrderOutcome> {
  const { scratch, project, heads, options } = trial;
  const names = order.flatMap((side) => heads[side]?.revision ?? []);
  const database = await scratch.thaw(trial.base);
  try {
    await bringUp(database, await stepsInOrder(trial, order), project, options);
    return { order: names, schema: await schemaOf(database, project), failure: null };
  } catch (error) {
    if (!(error instanceof GmigError) || error.code !== "STEP_FAILED") throw error;
    return { order: names, schema: null, failure: { revision: String(error.data["revision"]), message: error.message } };
  } finally {
    await database.close();
  }
}

/** Looks at what each revision of the sides changes, by reading the schema after each; done only when there is a conflict to explain. */
async function findTouched(trial: Trial): Promise<Touched> {
  const touched = new Map<string, readonly string[]>();
  for (const [side] of trial.fork.sides.entries()) {
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

async function freezeCommon(heads: readonly Node[], fork: Fork, scratch: Scratch, project: Project, options: OrdersOptions): Promise<Frozen> {
  const database = await scratch.create();
  const steps = await runnableSteps(planOf(project.graph, fork.common, new Set()), project);
  options.onProgress?.({ kind: "notice", text: `trying both orders of ${heads.map(({ revision }) => revision).join(" and ")} on ${scratch.place}` });
  try {
    await bringUp(database, steps, project, options);
  } catch (error) {
    await database.close();
    throw error;
  }
  return scratch.freeze(database);
}

/**
 * Tries whether the sides of heads commute: brings up what they have in common once, then the sides in their order and in the reverse, and compares
 * the schemas read back.
 *
 * @throws GmigError STEP_FAILED when already what they have in common fails.
 */
export async function checkOrders(heads: readonly Node[], project: Project, scratch: Scratch, options: OrdersOptions = {}): Promise<Verdict> {
  const fork = splitFork(heads);
  const base = await freezeCommon(heads, fork, scratch, project, options);
  const trial: Trial = { project, scratch, base, fork, heads, options };
  const order = heads.map((_, index) => index);
  const forwards = await tryOrder(trial, order);
  const backwards = await tryOrder(trial, order.toReversed());
  const verdict = compareOrders(forwards, backwards);
  return verdict.verdict === "commutes" ? verdict : compareOrders(forwards, backwards, await findTouched(trial));
}
