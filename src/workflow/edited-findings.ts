import { extname } from "node:path";
import { readTexts } from "../git/read-blobs.js";
import type { CommittedRevision, JoinedHeaders } from "../merge/join-headers.js";
import type { Checkout } from "./checkout.js";
import { differingBodies } from "./differing-bodies.js";

/** One thing that a check found. Codes are those of errors, and REVISION_DELETED, REVISION_EDITED, HEADER_CONFLICT. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly revisions: readonly string[];
  /** A command that mends it, where one does. */
  readonly hint?: string;
}

/** Returns the published revisions whose bodies are other ones in HEAD; a changed header or layout is no edit. `ref` names where they are published. */
export async function editedFindings(checkout: Checkout, changed: JoinedHeaders["changed"], ref: string): Promise<readonly Finding[]> {
  const texts = await readTexts(checkout.repository, changed.flatMap(({ ours, theirs }) => [ours.blob, theirs.blob]));
  const nameOf = ({ file = "" }: CommittedRevision): string => file.slice(file.lastIndexOf("/") + 1);
  const pairs = changed
    .filter(({ ours, theirs }) => extname(nameOf(ours)) === extname(nameOf(theirs)))
    .map(({ revision, ours, theirs }) => ({ revision, name: nameOf(ours), before: texts.get(theirs.blob) ?? "", now: texts.get(ours.blob) ?? "" }));
  const edited = new Set(await differingBodies(pairs));
  return changed
    .filter(({ revision }) => edited.has(revision))
    .map(({ revision, ours }) => ({ code: "REVISION_EDITED", message: `Revision ${revision} is published in ${ref}, and HEAD has edited it (${ours.file ?? ""})`, revisions: [revision], hint: "gmig revision -m MSG" }));
}
