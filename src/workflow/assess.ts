import { readFileSync } from "node:fs";
import { extname } from "node:path";
import type { Connection } from "../database/database.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { type LedgerRow, readLedgerTexts } from "../database/read-ledger.js";
import { pathOf, type RevisionFile } from "../directory/revision-file.js";
import type { Node } from "../graph/graph.js";
import { pendingRevisions } from "../plan/plan-upgrade.js";
import { currentRows } from "./current.js";
import type { BodyPair } from "./differing-bodies.js";
import type { LedgerView } from "./ledger-view.js";
import type { Project } from "./project.js";

/** How the database and the checkout differ. All but `incomplete` are ids. */
export interface Assessment {
  readonly rows: readonly string[];
  readonly pending: readonly string[];
  /** Pending beneath an applied one. */
  readonly outOfOrder: readonly string[];
  /** Applied, and not in this checkout. */
  readonly unknown: readonly string[];
  /** Applied with another body than the file has now. */
  readonly edited: readonly string[];
  /** Applied with other parents or dependencies. */
  readonly reparented: readonly string[];
  readonly incomplete: readonly { readonly revision: string; readonly direction: "up" | "down" }[];
}

function sameIds(recorded: readonly string[], nodes: readonly Node[]): boolean {
  const now = new Set(nodes.map(({ revision }) => revision));
  return now.size === new Set(recorded).size && recorded.every((id) => now.has(id));
}

/** Whether the ledger recorded other edges than the file has; labels that the ledger may hold are resolved. */
export function isReparented(row: LedgerRow, project: Project): boolean {
  const node = project.graph.nodes.get(row.revision);
  if (node === undefined) return false;
  const dependsOn = row.dependsOn.map((name) => project.graph.labels.get(name)?.revision ?? name);
  return !sameIds(row.parents, node.parents) || !sameIds(dependsOn, node.dependencies);
}

/**
 * Returns the applied revisions whose body is another now. Bodies are compared only where the blobs differ, only between files of one extension, and
 * only where the ledger has the text.
 */
export async function findEdited(applied: readonly LedgerRow[], project: Project, connection: Connection): Promise<readonly string[]> {
  const candidates = applied.flatMap((row): (readonly [LedgerRow, RevisionFile])[] => {
    const file = project.files.get(row.revision);
    return file !== undefined && row.blob !== file.blob && extname(row.file) === extname(file.name) ? [[row, file]] : [];
  });
  if (candidates.length === 0) return [];
  const texts = await readLedgerTexts(connection, ledgerTables(project.config.ledgerSchema), candidates.map(([row]) => row.revision));
  const pairs = candidates.flatMap(([row, file]): BodyPair[] => {
    const before = texts.get(row.revision);
    return before === undefined ? [] : [{ revision: row.revision, name: file.name, before, now: readFileSync(pathOf(file), "utf8") }];
  });
  const { differingBodies } = await import("./differing-bodies.js");
  const changed = new Set(await differingBodies(pairs));
  return applied.map(({ revision }) => revision).filter((id) => changed.has(id));
}

/** Compares what is applied with the checkout. */
export async function assess(project: Project, ledger: LedgerView, connection: Connection): Promise<Assessment> {
  const { graph } = project;
  const { applied, incomplete } = ledger;
  return {
    rows: currentRows(project, ledger),
    ...pendingRevisions(graph, { applied }),
    unknown: applied.map(({ revision }) => revision).filter((id) => !graph.nodes.has(id) && !project.leftOut.has(id)),
    edited: await findEdited(applied, project, connection),
    reparented: applied.filter((row) => isReparented(row, project)).map(({ revision }) => revision),
    incomplete: incomplete.map(({ revision, state }) => ({ revision, direction: state === "going-up" ? "up" : "down" })),
  };
}
