import { createHash } from "node:crypto";

const ID_LENGTH = 12;
const RESERVED = new Set(["head", "heads", "base", "current"]);

/** What a revision's id is drawn from. The parents are left out on purpose: a rebase keeps the id. */
export interface IdSource {
  readonly message: string;
  readonly created: string;
  readonly author: string;
  readonly body: string;
  /** Eight random bytes, drawn again when the id is taken. */
  readonly random: Uint8Array;
}

/** Returns the 12 hex digits that name a new revision. */
export function deriveRevisionId(source: IdSource): string {
  const hash = createHash("sha256");
  for (const part of [source.message, source.created, source.author, source.body]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.update(source.random).digest("hex").slice(0, ID_LENGTH);
}

/** Returns the id of the merge revision that joins these parents, the same for everyone and in any order. */
export function deriveMergeId(parents: readonly string[]): string {
  const hash = createHash("sha256").update("merge\n");
  return hash.update([...parents].sort().join("\n")).digest("hex").slice(0, ID_LENGTH);
}

/** Whether a text may name a revision: not empty, none of `@ - + : /` or white space, and not one of the naming words. */
export function isRevisionId(text: string): boolean {
  return /^[^@\-+:/\s\p{Cc}]+$/u.test(text) && !RESERVED.has(text);
}

/** Whether a text may label a revision: the rules of an id. */
export function isLabel(text: string): boolean {
  return isRevisionId(text);
}

/** Whether a text would be taken for an id or the beginning of one: 1–12 hex digits. */
export function looksLikeId(text: string): boolean {
  return /^[0-9a-f]{1,12}$/.test(text);
}
