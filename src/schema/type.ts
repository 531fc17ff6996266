import type { ObjectName } from "./object-name.js";
import type { Owned } from "./owned.js";

export interface EnumType extends ObjectName, Owned {
  /** In their sorting order. */
  readonly values: readonly string[];
  /** What can't stay without it, apart from columns of tables and views, what reads such columns, and domains. */
  readonly usedBy: readonly TypeUse[];
}

/** An object that is made of a type, or of arrays of it. */
export interface TypeUse extends ObjectName {
  /** `function`, `procedure`, `aggregate`, `composite type`, `cast` … */
  readonly kind: string;
  /** Of a function with the arguments that tell it from others, `f(m mood)`; what lies in no schema has an empty one. */
  readonly name: string;
  /**
   * A function that can be dropped and made again around a change of the type: its body is mere text, it has its caller's rights, and nothing leans on it
   * but what goes along with the columns of the type, such as their checks.
   */
  readonly isRoutine: boolean;
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
