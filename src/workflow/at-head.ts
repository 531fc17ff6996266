import type { Connection, Database } from "../database/database.js";
import { GmigError } from "../errors.js";
import { pendingRevisions } from "../plan/plan-upgrade.js";
import { bringUpAll } from "./bring-up.js";
import { openScratch } from "./open-scratch.js";
import type { Project } from "./project.js";
import { type MeetOptions, readingLedger } from "./with-ledger.js";

export interface AtHeadOptions extends MeetOptions {
  /** Takes what the revisions make on a scratch database, so that no up-to-date database is needed. */
  readonly offline?: boolean | undefined;
}

/** A database that has what the revisions of the checkout make, and nothing else. */
interface AtHead {
  readonly database: Database;
  readonly connection: Connection;
}

/** The current schema must be that of the head: else a revision would undo or repeat what others do. */
function refuseBehind(project: Project, applied: readonly { readonly revision: string; readonly parents: readonly string[]; readonly dependsOn: readonly string[] }[]): void {
  const { pending, outOfOrder } = pendingRevisions(project.graph, { applied });
  const unknown = applied.filter(({ revision: id }) => !project.graph.nodes.has(id)).map(({ revision: id }) => id);
  if (pending.length + outOfOrder.length + unknown.length === 0) return;
  const missing = [...pending, ...outOfOrder];
  const what = missing.length > 0 ? `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} not applied` : `${unknown.join(", ")} ${unknown.length > 1 ? "are" : "is"} applied and not in this checkout`;
  throw new GmigError("NOT_AT_HEAD", `The database is not at the head: ${what}`, { hint: unknown.length > 0 ? "gmig sync" : "gmig upgrade", data: { pending: missing, unknown } });
}

async function replayed<Result>(project: Project, options: MeetOptions, use: (met: AtHead) => Promise<Result>): Promise<Result> {
  const scratch = await openScratch(project);
  try {
    const database = await scratch.create();
    await bringUpAll(database, project, options);
    return await use({ database, connection: await database.connect() });
  } finally {
    await scratch.close();
  }
}

/**
 * Runs `use` with a database that is at the head.
 *
 * @throws GmigError NOT_AT_HEAD; SCRATCH_UNAVAILABLE when offline.
 */
export async function atHead<Result>(project: Project, options: AtHeadOptions, use: (met: AtHead) => Promise<Result>): Promise<Result> {
  if (options.offline === true) return replayed(project, options, use);
  return readingLedger(project, { ...options, opens: true }, async ({ ledger, database, connection }) => {
    refuseBehind(project, ledger.applied);
    return use({ database, connection });
  });
}
