import type { Rule, Trigger } from "./attachment.js";
import type { IndexDefinition } from "./index-definition.js";
import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";

export interface ViewColumn {
  readonly name: string;
  readonly type: string;
  readonly comment: string | null;
}

export interface View extends ObjectName, Owned {
  readonly materialized: boolean;
  readonly definition: string;
  /** `security_barrier=true`, `check_option=local`. */
  readonly options: readonly string[];
  readonly columns: readonly ViewColumn[];
  /** The columns of tables and views that it reads, as `{schema, name, column}`, sorted. */
  readonly uses: readonly (ObjectName & { readonly column: string })[];
  /** Those of a materialized view. */
  readonly indexes: readonly IndexDefinition[];
  readonly triggers: readonly Trigger[];
  readonly rules: readonly Rule[];
}
