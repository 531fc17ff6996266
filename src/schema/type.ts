import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";

export interface EnumType extends ObjectName, Owned {
  /** In their sorting order. */
  readonly values: readonly string[];
}

export interface DomainCheck {
  readonly name: string;
  readonly expression: string;
  readonly validated: boolean;
}

export interface DomainType extends ObjectName, Owned {
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly collation: string | null;
  readonly checks: readonly DomainCheck[];
}

export interface CompositeType extends ObjectName, Owned {
  readonly attributes: readonly { readonly name: string; readonly type: string; readonly collation: string | null }[];
}
