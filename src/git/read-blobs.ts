import type { Repository } from "./repository.js";

export interface BlobOptions {
  /** Whether what a partial clone lacks is fetched from its remote. */
  readonly fetch?: boolean;
}

/**
 * Returns the bytes of blobs by id, any number at once. A blob that is not here (pruned, or in a partial clone never fetched) is not in the answer:
 * `fetchCommand` names the command that brings it.
 *
 * @throws GmigError GIT_FAILED, with `fetch` also when the remote can't be reached.
 */
export async function readBlobs(repository: Repository, ids: readonly string[], options: BlobOptions = {}): Promise<ReadonlyMap<string, Buffer>> {
  const objects = await (await repository.reader()).readObjects([...new Set(ids)], options);
  return new Map([...objects].flatMap(([id, { type, bytes }]) => (type === "blob" ? [[id, bytes] as const] : [])));
}

/** The same as UTF-8 text. */
export async function readTexts(repository: Repository, ids: readonly string[], options: BlobOptions = {}): Promise<ReadonlyMap<string, string>> {
  const blobs = await readBlobs(repository, ids, options);
  return new Map([...blobs].map(([id, bytes]) => [id, bytes.toString("utf8")]));
}
