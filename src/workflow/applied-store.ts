import { changeRef, readRef } from "../git/change-ref.js";
import { FOLDER_MODE, type TreeEntry } from "../git/git-object.js";
import { readTexts } from "../git/read-blobs.js";
import type { Repository } from "../git/repository.js";
import { treeEntries } from "../git/tree-entries.js";
import { writeBlobs, writeTree } from "../git/write-objects.js";

/** The text of a revision as this clone ran it. */
export interface StoredText {
  /** The file's name, whose extension says how to read it. */
  readonly name: string;
  /** The file's own blob. */
  readonly blob: string;
  readonly text: string;
  /** The same with what it imports from the project inlined, which is what runs; null where it imports nothing of the kind. */
  readonly bundle: string | null;
}

export interface TextToStore {
  readonly revision: string;
  readonly name: string;
  readonly text: string;
  readonly bundle: string | null;
}

const FILE_MODE = "100644";
const BUNDLE = "bundle.cjs";

function refOf(databaseId: string): string {
  return `refs/gmig/applied/${databaseId}`;
}

/** An id may be any text without a slash; in a tree it stands behind a letter, so that it is never `.`, `..` or `.git`. */
function entryName(revision: string): string {
  return `r${encodeURIComponent(revision)}`;
}

/**
 * Keeps what this clone is about to apply to a database, under a reference of its own, so that it can be reverted when its branch is gone and collected.
 * The tree is added to and never taken from, until `forgetTexts`.
 *
 * @throws GmigError GIT_FAILED.
 */
export async function storeTexts(repository: Repository, databaseId: string, texts: readonly TextToStore[]): Promise<void> {
  if (texts.length === 0) return;
  const blobs = await writeBlobs(
    repository,
    texts.flatMap(({ text, bundle }) => (bundle === null ? [text] : [text, bundle])),
  );
  let next = 0;
  const folders: TreeEntry[] = [];
  for (const { revision, name, bundle } of texts) {
    const entries = [{ mode: FILE_MODE, name: `text${name.slice(name.lastIndexOf("."))}`, id: blobs[next++] ?? "" }];
    if (bundle !== null) entries.push({ mode: FILE_MODE, name: BUNDLE, id: blobs[next++] ?? "" });
    folders.push({ mode: FOLDER_MODE, name: entryName(revision), id: await writeTree(repository, entries) });
  }
  const added = new Set(folders.map(({ name }) => name));
  await changeRef(repository, refOf(databaseId), async (present) => {
    const kept = present === null ? [] : (await treeEntries(repository, present)).filter(({ name }) => !added.has(name));
    return writeTree(repository, [...kept, ...folders]);
  });
}

/** Returns what this clone ran itself of these revisions. */
export async function storedTexts(repository: Repository, databaseId: string, revisions: readonly string[]): Promise<ReadonlyMap<string, StoredText>> {
  const tree = revisions.length === 0 ? null : await readRef(repository, refOf(databaseId));
  if (tree === null) return new Map();
  const folders = new Map((await treeEntries(repository, tree)).map(({ name, id }) => [name, id]));
  const found = new Map<string, StoredText>();
  for (const revision of revisions) {
    const folder = folders.get(entryName(revision));
    if (folder === undefined) continue;
    const entries = await treeEntries(repository, folder);
    const file = entries.find(({ name }) => name.startsWith("text"));
    const bundle = entries.find(({ name }) => name === BUNDLE);
    if (file === undefined) continue;
    const texts = await readTexts(repository, [file.id, ...(bundle === undefined ? [] : [bundle.id])]);
    const text = texts.get(file.id);
    if (text !== undefined) found.set(revision, { name: `${revision}${file.name.slice("text".length)}`, blob: file.id, text, bundle: bundle === undefined ? null : (texts.get(bundle.id) ?? null) });
  }
  return found;
}

/** Takes revisions out of what is kept for a database. */
export async function forgetTexts(repository: Repository, databaseId: string, revisions: readonly string[]): Promise<void> {
  const forgotten = new Set(revisions.map(entryName));
  const present = await readRef(repository, refOf(databaseId));
  if (present === null || !(await treeEntries(repository, present)).some(({ name }) => forgotten.has(name))) return;
  await changeRef(repository, refOf(databaseId), async (now) => writeTree(repository, now === null ? [] : (await treeEntries(repository, now)).filter(({ name }) => !forgotten.has(name))));
}
