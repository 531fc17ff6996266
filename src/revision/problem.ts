import type { ErrorCode } from "../errors.js";

/** One thing wrong with the revisions of a checkout. Problems are collected, so that all of a folder are told together. */
export interface Problem {
  readonly code: ErrorCode;
  /** One sentence that names the ids and, where known, the file. */
  readonly message: string;
  readonly revisions: readonly string[];
  /** The id or label that something refers to and that is nowhere. */
  readonly missing?: string;
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
  /** A command to paste, or what to change. */
  readonly hint?: string;
}
