import type { RevisionFile } from "../directory/revision-file.js";
import { GmigError } from "../errors.js";
import { type MergeParent, type MergeRevision, mergeRevision } from "../revision/merge-revision.js";
import type { RevisionFormat } from "../revision/write-revision.js";

function formatOf(file: RevisionFile): RevisionFormat {
  return file.style === "sql" || file.style === "commonjs" ? file.style : /\.[mc]?ts$/.test(file.name) ? "ts" : "esm";
}

function parentOf(files: ReadonlyMap<string, RevisionFile>, id: string): MergeParent {
  const file = files.get(id);
  if (file === undefined) throw new GmigError("REVISION_NOT_FOUND", `There is no revision ${id}`, { hint: "gmig history", data: { name: id } });
  return { revision: id, created: file.created, file: file.name, format: formatOf(file) };
}

/** Returns the merge revision of these parents, as far as it follows from their files. */
export function mergeRevisionOf(files: ReadonlyMap<string, RevisionFile>, parents: readonly string[]): MergeRevision {
  return mergeRevision(parents.map((id) => parentOf(files, id)));
}
