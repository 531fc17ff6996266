import { HEADER_DEFAULTS, type Header } from "./header.js";
import { deriveMergeId } from "./revision-id.js";
import { type RevisionFormat, writeRevision } from "./write-revision.js";

/** What a merge revision needs to know of a parent. */
export interface MergeParent {
  readonly revision: string;
  readonly created: string;
  /** The parent's file name, for its extension. */
  readonly file: string;
  readonly format: RevisionFormat;
}

export interface MergeRevision {
  readonly header: Header;
  readonly file: string;
  readonly text: string;
}

/** Names this text; a different text for the same parents must get another number. */
const TEXT_NUMBER = 1;

function newest(parents: readonly MergeParent[]): MergeParent | undefined {
  return parents.toSorted((a, b) => (a.created === b.created ? (a.revision < b.revision ? -1 : 1) : a.created < b.created ? -1 : 1)).at(-1);
}

/** Returns the digits of a creation time, for a file name: `20261121183000`. */
export function timeStamp(created: string): string {
  return created.replace(/\D/g, "").slice(0, 14);
}

/**
 * Returns the merge revision of these parents. It follows from them alone, in any order: two people who merge the same heads write
 * the same bytes under the same name, and Git joins that without a word.
 */
export function mergeRevision(parents: readonly MergeParent[]): MergeRevision {
  const ids = parents.map(({ revision }) => revision).sort();
  const last = newest(parents);
  const created = last?.created ?? "";
  const format = last?.format ?? "ts";
  const extension = last?.file.slice(last.file.lastIndexOf(".")) ?? ".ts";
  const revision = deriveMergeId(ids);
  const header: Header = Object.freeze({ ...HEADER_DEFAULTS, revision, parents: Object.freeze(ids), created, message: `merge ${ids.join(" and ")}` });
  const note = format === "sql" ? "-- nothing, unless the two sides conflict" : "  // nothing, unless the two sides conflict";
  const text = writeRevision(header, format, { comment: [`gmig merge revision, text ${TEXT_NUMBER}`], up: note, down: note });
  return { header, file: [timeStamp(created), revision, `merge${extension}`].filter((part) => part !== "").join("_"), text };
}
