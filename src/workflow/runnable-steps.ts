import { loadBodies } from "../directory/load-bodies.js";
import type { Body, BodyPart } from "../directory/body.js";
import { splitStatements } from "../database/split-statements.js";
import { command, GmigError } from "../errors.js";
import type { ObjectFormat } from "../git/place.js";
import type { Plan, Step } from "../plan/plan.js";
import { blobId } from "../revision/fingerprint.js";
import type { RunnableStep, StepBody } from "../runner/runnable-step.js";
import { findCheckout } from "./checkout.js";
import type { PastBody } from "./past-bodies.js";
import type { Project } from "./project.js";

function irreversible(steps: readonly Step[], project: Project): GmigError {
  const ids = steps.map(({ revision }) => revision);
  const files = ids.map((id) => project.files.get(id)?.file ?? id);
  return new GmigError("IRREVERSIBLE", `Revision ${ids.join(", ")} has no down: it cannot be reverted (${files.join(", ")})`, { hint: command`gmig edit ${ids[0] ?? ""}`, data: { revisions: ids } });
}

function missingUp(step: Step, project: Project): GmigError {
  const file = project.files.get(step.revision)?.file ?? step.revision;
  return new GmigError("REVISION_MALFORMED", `Revision ${step.revision} has no up (${file})`, { hint: command`gmig edit ${step.revision}`, data: { revisions: [step.revision] } });
}

interface Loaded {
  readonly body: Body;
  readonly name: string;
  readonly message: string;
  readonly transactional: boolean;
}

/** Splits a part of a SQL file; what does not parse is told with its place in the file. */
async function statementsOf(sql: string, { revision }: Step, { body: { text }, name }: Loaded): Promise<readonly string[]> {
  try {
    return await splitStatements(sql);
  } catch (error) {
    if (!(error instanceof GmigError)) throw error;
    const line = text.slice(0, Math.max(0, text.indexOf(sql)) + Number(error.data["position"])).split("\n").length;
    throw new GmigError(error.code, `Revision ${revision} (${name}:${line}): ${error.message}`, { cause: error, hint: command`gmig edit ${revision}`, data: { revisions: [revision], file: name, line } });
  }
}

async function toBody(part: BodyPart, step: Step, loaded: Loaded): Promise<StepBody> {
  if (part.kind === "code") return { kind: "code", run: part.run as Extract<StepBody, { kind: "code" }>["run"] };
  return { kind: "sql", statements: loaded.transactional ? [part.sql] : await statementsOf(part.sql, step, loaded) };
}

async function toStep(step: Step, loaded: Loaded, part: BodyPart, project: Project, objectFormat: ObjectFormat): Promise<RunnableStep> {
  const { body, name, message, transactional } = loaded;
  const node = project.graph.nodes.get(step.revision);
  return {
    step,
    message,
    transactional,
    body: await toBody(part, step, loaded),
    record: {
      revision: step.revision,
      parents: node?.parents.map(({ revision }) => revision) ?? [],
      dependsOn: node?.dependencies.map(({ revision }) => revision) ?? [],
      blob: blobId(body.text, objectFormat),
      file: name,
      text: body.text,
    },
  };
}

/**
 * Loads all that a plan runs, before the first statement of it is sent. What goes down may come from the past: its body as it was applied, in place of
 * what the checkout has.
 *
 * @throws GmigError REVISION_MALFORMED, IRREVERSIBLE.
 */
export async function runnableSteps(plan: Plan, project: Project, past: ReadonlyMap<string, PastBody> = new Map()): Promise<readonly RunnableStep[]> {
  const { config, files } = project;
  const isPast = ({ revision, direction }: Step): boolean => direction === "down" && past.has(revision);
  const needed = new Set(plan.steps.filter((step) => !isPast(step)).flatMap(({ revision }) => files.get(revision) ?? []));
  const bodies = await loadBodies([...needed], { root: config.root, cache: config.cache });
  const loaded = (step: Step): Loaded | null => {
    const before = isPast(step) ? past.get(step.revision) : undefined;
    if (before !== undefined) return { body: before.body, name: before.name, message: before.header.message, transactional: before.header.transaction };
    const [body, file] = [bodies.get(step.revision), files.get(step.revision)];
    return body === undefined || file === undefined ? null : { body, name: file.name, message: file.message, transactional: file.transaction };
  };
  const withoutDown = plan.steps.filter((step) => step.direction === "down" && loaded(step)?.body.down === null);
  if (withoutDown.length > 0) throw irreversible(withoutDown, project);
  // The hash that this repository names blobs by, so that the ledger's find theirs.
  const objectFormat = findCheckout(config)?.repository.objectFormat ?? "sha1";
  const steps: RunnableStep[] = [];
  for (const step of plan.steps) {
    const found = loaded(step);
    const part = found?.body[step.direction] ?? null;
    if (found === null || part === null) throw missingUp(step, project);
    steps.push(await toStep(step, found, part, project, objectFormat));
  }
  return steps;
}
