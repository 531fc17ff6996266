import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";

/** A function, procedure, window function or aggregate. */
export interface Routine extends ObjectName, Owned {
  readonly kind: "function" | "procedure" | "window function" | "aggregate";
  /** The arguments that tell it from others of its name: `a integer, b text`. */
  readonly arguments: string;
  readonly definition: string;
}
