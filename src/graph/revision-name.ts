import { GmigError } from "../errors.js";

/** A name taken apart: `[branch "@"] [symbol] [offset]`, or a Git ref. At least one of symbol, offset and ref is there. */
export interface RevisionName {
  readonly text: string;
  readonly branch: string | null;
  /** `heads`, `head`, `base`, `current`, an id, the beginning of one, or a label. */
  readonly symbol: string | null;
  /** Steps up (positive) or down (negative). */
  readonly offset: number | null;
  /** What follows `git/`. */
  readonly ref: string | null;
}

const NAME = /^(?:([^@+\-:/\s]+)@)?([^@+\-:/\s]+)?([+-]\d{1,9})?$/;

/**
 * Takes the name of a revision apart; the whole text must parse.
 *
 * @throws GmigError REVISION_NOT_FOUND for a text that names nothing.
 */
export function parseRevisionName(text: string): RevisionName {
  if (text.startsWith("git/") && text.length > 4) return { text, branch: null, symbol: null, offset: null, ref: text.slice(4) };
  const [, branch, symbol, offset] = NAME.exec(text) ?? [];
  if (symbol === undefined && offset === undefined) {
    throw new GmigError("REVISION_NOT_FOUND", `${JSON.stringify(text)} does not name a revision`, { hint: "gmig history", data: { name: text } });
  }
  return { text, branch: branch ?? null, symbol: symbol ?? null, offset: offset === undefined ? null : Number(offset), ref: null };
}

/**
 * Splits `LOWER:UPPER`; either side may be empty.
 *
 * @throws GmigError RANGE_MALFORMED when there is not exactly one colon.
 */
export function parseRange(text: string): { readonly lower: string; readonly upper: string } {
  const [lower, upper, ...more] = text.split(":");
  if (lower === undefined || upper === undefined || more.length > 0) {
    throw new GmigError("RANGE_MALFORMED", `${JSON.stringify(text)} is not a range of the form LOWER:UPPER`, { hint: "gmig history -r base:heads", data: { range: text } });
  }
  return { lower, upper };
}
