import type { ObjectName } from "./object-name.js";

/** An extension. What it owns is nowhere else in a schema value, since it is the extension's to change. */
export interface Extension {
  readonly name: string;
  readonly schema: string;
  readonly version: string;
  /** Its tables, views, sequences and types in the schemas that were read. */
  readonly owns: readonly (ObjectName & { readonly kind: "relation" | "type" })[];
}
