import type { OnProgress } from "../runner/progress.js";
import { findEdited, isReparented } from "./assess.js";
import type { Project } from "./project.js";
import type { Met } from "./with-ledger.js";

/** How many ids a remark names. */
const FEW = 3;

function part(word: string, ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const more = ids.length > FEW ? ` and ${ids.length - FEW} more` : "";
  return [`${word}: ${ids.slice(0, FEW).join(", ")}${more}`];
}

/** Tells of what was applied before and is not as this checkout has it, which going up alone does not mend. Says nothing where nothing differs. */
export async function noteDifferences(project: Project, { ledger, connection }: Met, onProgress: OnProgress | undefined): Promise<void> {
  if (onProgress === undefined) return;
  const { applied } = ledger;
  const parts = [
    ...part("unknown", applied.map(({ revision }) => revision).filter((id) => !project.graph.nodes.has(id))),
    ...part("edited", await findEdited(applied, project, connection)),
    ...part("reparented", applied.filter((row) => isReparented(row, project)).map(({ revision }) => revision)),
  ];
  if (parts.length > 0) onProgress({ kind: "notice", text: `The database is not as this checkout wants it (${parts.join("; ")}); see gmig status` });
}
