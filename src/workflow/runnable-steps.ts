import { loadBodies } from "../directory/load-bodies.js";
import type { Body, BodyPart } from "../directory/body.js";
import { splitStatements } from "../database/split-statements.js";
import { GmigError } from "../errors.js";
import type { Plan, Step } from "../plan/plan.js";
import { blobId } from "../revision/fingerprint.js";
import type { RunnableStep, StepBody } from "../runner/runnable-step.js";
import type { Project } from "./project.js";

function irreversible(steps: readonly Step[], project: Project): GmigError {
  const ids = steps.map(({ revision }) => revision);
  const files = ids.map((id) => project.files.get(id)?.file ?? id);
  return new GmigError("IRREVERSIBLE", `Revision ${ids.join(", ")} has no down: it cannot be reverted (${files.join(", ")})`, { hint: `gmig edit ${ids[0] ?? ""}`, data: { revisions: ids } });
}

function missingUp(step: Step, project: Project): GmigError {
  const file = project.files.get(step.revision)?.file ?? step.revision;
  return new GmigError("REVISION_MALFORMED", `Revision ${step.revision} has no up (${file})`, { hint: `gmig edit ${step.revision}`, data: { revisions: [step.revision] } });
}

async function toBody(part: BodyPart, transactional: boolean): Promise<StepBody> {
  if (part.kind === "code") return { kind: "code", run: part.run as Extract<StepBody, { kind: "code" }>["run"] };
  return { kind: "sql", statements: transactional ? [part.sql] : await splitStatements(part.sql) };
}

async function toStep(step: Step, body: Body, part: BodyPart, project: Project): Promise<RunnableStep> {
  const file = project.files.get(step.revision);
  const node = project.graph.nodes.get(step.revision);
  const transactional = file?.transaction ?? true;
  return {
    step,
    message: node?.message ?? "",
    transactional,
    body: await toBody(part, transactional),
    record: {
      revision: step.revision,
      parents: node?.parents.map(({ revision }) => revision) ?? [],
      dependsOn: node?.dependencies.map(({ revision }) => revision) ?? [],
      blob: blobId(body.text),
      file: file?.name ?? "",
      text: body.text,
    },
  };
}

/**
 * Loads all that a plan runs, before the first statement of it is sent.
 *
 * @throws GmigError REVISION_MALFORMED, IRREVERSIBLE.
 */
export async function runnableSteps(plan: Plan, project: Project): Promise<readonly RunnableStep[]> {
  const { config, files } = project;
  const needed = plan.steps.flatMap(({ revision }) => files.get(revision) ?? []);
  const bodies = await loadBodies(needed, { root: config.root, cache: config.cache });
  const withoutDown = plan.steps.filter(({ revision, direction }) => direction === "down" && bodies.get(revision)?.down === null);
  if (withoutDown.length > 0) throw irreversible(withoutDown, project);
  const steps: RunnableStep[] = [];
  for (const step of plan.steps) {
    const body = bodies.get(step.revision);
    const part = body?.[step.direction] ?? null;
    if (body === undefined || part === null) throw missingUp(step, project);
    steps.push(await toStep(step, body, part, project));
  }
  return steps;
}
