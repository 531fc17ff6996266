import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";

/** How a sequence counts; the numbers are 64-bit and therefore text. */
export interface SequenceOptions {
  /** `smallint`, `integer` or `bigint`. */
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** A sequence of its own, that of a `serial` column included; the sequence behind an identity column belongs to the column. */
export interface Sequence extends ObjectName, Owned, SequenceOptions {
  readonly unlogged: boolean;
  /** The column whose fall takes the sequence along. */
  readonly ownedBy: { readonly table: ObjectName; readonly column: string } | null;
}

const LARGEST: Readonly<Record<string, string>> = {
  smallint: "32767",
  integer: "2147483647",
  bigint: "9223372036854775807",
};

/** What `CREATE SEQUENCE … AS type` gives where nothing else is said. */
export function defaultSequenceOptions(type: string): SequenceOptions {
  return {
    type,
    start: "1",
    increment: "1",
    minimum: "1",
    maximum: LARGEST[type] ?? "9223372036854775807",
    cache: "1",
    cycle: false,
  };
}
