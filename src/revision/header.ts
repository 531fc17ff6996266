/** What a revision file says about itself; read from its text, never by running it. */
export interface Header {
  readonly revision: string;
  /** Ids of the revisions it follows: none for a base, two or more for a merge revision. */
  readonly parents: readonly string[];
  /** Ids or labels that must be applied first, without joining lineages. */
  readonly dependsOn: readonly string[];
  /** Labels that this revision declares. */
  readonly labels: readonly string[];
  /** UTC, ISO 8601, as `2026-11-21T18:30:00Z`; empty where the file names none. */
  readonly created: string;
  readonly message: string;
  /** False for a revision that cannot run in a transaction. */
  readonly transaction: boolean;
}

/** The values that a header may leave out. */
export const HEADER_DEFAULTS = Object.freeze({
  dependsOn: Object.freeze<string[]>([]),
  labels: Object.freeze<string[]>([]),
  created: "",
  message: "",
  transaction: true,
});

/** How the file is written, which decides how its header is spelled. */
export type HeaderStyle = "esm" | "commonjs" | "sql";

/** A stretch of the text, as offsets into it: `start` included, `end` not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A header together with where it stands in the text. */
export interface HeaderReading {
  readonly header: Header;
  readonly style: HeaderStyle;
  /** The value of `parents`, brackets included (in SQL, all behind the colon). */
  readonly parentsSpan: Span;
  /** Every statement or line of the header, in order. */
  readonly statements: readonly Span[];
}
