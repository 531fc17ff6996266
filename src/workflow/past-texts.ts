import { readLedgerTexts, type LedgerRow } from "../database/read-ledger.js";
import { ledgerTables } from "../database/ledger-tables.js";
import { command, GmigError } from "../errors.js";
import { findBlobs } from "../git/find-blobs.js";
import { readTexts } from "../git/read-blobs.js";
import { storedTexts } from "./applied-store.js";
import type { Checkout } from "./checkout.js";
import type { Project } from "./project.js";
import type { Met } from "./with-ledger.js";

/** A revision's text as it was applied, which this checkout has no more. */
export interface PastText {
  readonly revision: string;
  readonly name: string;
  readonly text: string;
  /** Self-contained code, which runs in place of the text; null where the text runs itself. */
  readonly bundle: string | null;
  /** Where it comes from, for people. */
  readonly source: string;
}

export interface PastOptions {
  /** Also takes any Git object with the text, which may have been fetched from a stranger. */
  readonly fromObject?: boolean | undefined;
  /** Also takes the text that the ledger kept, which whoever can write a ledger row could have put there. */
  readonly fromLedger?: boolean | undefined;
  /** Answers, once the text was shown, whether to run it. */
  readonly confirmText?: ((text: PastText) => boolean | Promise<boolean>) | undefined;
}

/** What this clone ran itself, and what its own branches and HEAD's log hold: the sources that are trusted without being looked at. */
async function trusted(rows: readonly LedgerRow[], checkout: Checkout | null, project: Project, met: Met): Promise<Map<string, PastText>> {
  const found = new Map<string, PastText>();
  if (checkout === null) return found;
  const { repository, folders } = checkout;
  const stored = await storedTexts(repository, met.ledger.meta?.databaseId ?? "", rows.map(({ revision }) => revision));
  for (const { revision, blob } of rows) {
    const text = stored.get(revision);
    if (text?.blob === blob) found.set(revision, { ...text, revision, source: "what this clone applied" });
  }
  const missing = rows.filter(({ revision, blob }) => !found.has(revision) && blob !== "");
  const places = await findBlobs(repository, missing.map(({ blob }) => blob), folders, { recursive: project.config.recursive });
  const texts = await readTexts(repository, [...places.keys()]);
  for (const { revision, blob, file } of missing) {
    const [place, text] = [places.get(blob), texts.get(blob)];
    if (place !== undefined && text !== undefined) found.set(revision, { revision, name: file, text, bundle: null, source: `commit ${place.commit.slice(0, 12)}` });
  }
  return found;
}

async function confirmed(text: PastText, options: PastOptions): Promise<PastText | null> {
  if ((await options.confirmText?.(text)) === true) return text;
  throw new GmigError("QUESTIONS_OPEN", `The text of revision ${text.revision}, from ${text.source}, is to be run; that needs a yes`, { hint: "--yes", data: { revision: text.revision, source: text.source, text: text.text } });
}

/** The sources that a person has to look at. */
async function doubtful(row: LedgerRow, checkout: Checkout | null, project: Project, met: Met, options: PastOptions): Promise<PastText | null> {
  const { revision, blob, file } = row;
  if (options.fromObject === true && checkout !== null && blob !== "") {
    const text = (await readTexts(checkout.repository, [blob])).get(blob);
    if (text !== undefined) return confirmed({ revision, name: file, text, bundle: null, source: `Git object ${blob}` }, options);
  }
  if (options.fromLedger !== true) return null;
  const text = (await readLedgerTexts(met.connection, ledgerTables(project.config.ledgerSchema), [revision])).get(revision);
  return text === undefined ? null : confirmed({ revision, name: file, text, bundle: null, source: "the ledger" }, options);
}

/**
 * Finds the texts of revisions as they were applied: what this clone ran itself, else what a commit of its own branches or of HEAD's log holds under the
 * ledger's blob id. Nothing else runs by itself: a fetch brings strangers' objects into the same place, and whoever can write a ledger row can name one.
 *
 * @throws GmigError IRREVERSIBLE for those that are nowhere, QUESTIONS_OPEN for one that nobody agreed to.
 */
export async function pastTexts(rows: readonly LedgerRow[], checkout: Checkout | null, project: Project, met: Met, options: PastOptions): Promise<ReadonlyMap<string, PastText>> {
  const found = await trusted(rows, checkout, project, met);
  const lost: string[] = [];
  for (const row of rows) {
    if (found.has(row.revision)) continue;
    const text = await doubtful(row, checkout, project, met, options);
    if (text === null) lost.push(row.revision);
    else found.set(row.revision, text);
  }
  if (lost.length === 0) return found;
  throw new GmigError("IRREVERSIBLE", `What reverts revision ${lost.join(", ")} is in no branch of this clone and not among what it applied itself`, {
    hint: options.fromLedger === true ? command`gmig stamp --forget ${lost[0] ?? ""}` : "gmig sync --from-ledger",
    data: { revisions: lost },
  });
}
