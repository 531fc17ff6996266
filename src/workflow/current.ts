import type { Config } from "../config/config.js";
import { rowsOf } from "../plan/applied-state.js";
import type { LedgerView } from "./ledger-view.js";
import { type Project, readProject } from "./project.js";
import { readingLedger } from "./with-ledger.js";

export interface CurrentResult {
  /** The applied revisions from which no other applied one descends. */
  readonly rows: readonly string[];
  /** How many revisions are applied. */
  readonly applied: number;
  /** What this checkout knows of the rows; a row that it lacks is known by its id alone. */
  readonly revisions: readonly { readonly revision: string; readonly message: string | null; readonly isHead: boolean }[];
  /** What began outside a transaction and did not end. */
  readonly incomplete: readonly { readonly revision: string; readonly direction: "up" | "down" }[];
}

/** Returns the rows of a database, seen from a checkout. */
export function currentRows(project: Project, ledger: LedgerView): readonly string[] {
  return rowsOf(project.graph, ledger.applied);
}

/** Returns where the database is. */
export async function current(config: Config): Promise<CurrentResult> {
  const project = await readProject(config);
  return readingLedger(project, {}, async ({ ledger }) => {
    const rows = currentRows(project, ledger);
    const revisions = rows.map((id) => {
      const node = project.graph.nodes.get(id);
      return { revision: id, message: node?.message ?? null, isHead: node?.children.length === 0 };
    });
    const incomplete = ledger.incomplete.map(({ revision, state }) => ({ revision, direction: state === "going-up" ? ("up" as const) : ("down" as const) }));
    return { rows, applied: ledger.applied.length, revisions, incomplete };
  });
}
