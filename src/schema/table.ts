import type { Trigger, Policy, Rule } from "./attachment.js";
import type { Column } from "./column.js";
import type { Check, Exclusion, ForeignKey, KeyConstraint } from "./constraint.js";
import type { IndexDefinition } from "./index-definition.js";
import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";

/** A table and all that hangs on it. Lists are sorted by name, but columns stand in their own order. */
export interface Table extends ObjectName, Owned {
  readonly unlogged: boolean;
  /** `RANGE (placed_at)`, where the table is partitioned. */
  readonly partitionBy: string | null;
  /** Where the table is a partition: of what, and `FOR VALUES …` or `DEFAULT`. */
  readonly partitionOf: { readonly table: ObjectName; readonly bound: string } | null;
  /** The parents of plain inheritance, in their order. */
  readonly inherits: readonly ObjectName[];
  /** The server and options of a foreign table. */
  readonly foreign: { readonly server: string; readonly options: readonly string[] } | null;
  /** `fillfactor=70` and the like. */
  readonly options: readonly string[];
  readonly tablespace: string | null;
  /** `null` where it is the server's usual one. */
  readonly accessMethod: string | null;
  readonly rowSecurity: "off" | "on" | "forced";
  readonly replicaIdentity: string;
  readonly columns: readonly Column[];
  readonly primaryKey: KeyConstraint | null;
  readonly uniques: readonly KeyConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
  readonly exclusions: readonly Exclusion[];
  readonly indexes: readonly IndexDefinition[];
  readonly triggers: readonly Trigger[];
  readonly policies: readonly Policy[];
  readonly rules: readonly Rule[];
}
