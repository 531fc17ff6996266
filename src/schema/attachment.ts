/** A trigger on a table or view; those that constraints make by themselves are left out. */
export interface Trigger {
  readonly name: string;
  readonly definition: string;
  readonly enabled: "origin" | "disabled" | "replica" | "always";
  readonly comment: string | null;
}

export interface Policy {
  readonly name: string;
  readonly command: "all" | "select" | "insert" | "update" | "delete";
  readonly permissive: boolean;
  readonly roles: readonly string[];
  readonly using: string | null;
  readonly check: string | null;
  readonly comment: string | null;
}

/** A rewrite rule; the one that makes a view a view is left out. */
export interface Rule {
  readonly name: string;
  readonly definition: string;
  readonly enabled: Trigger["enabled"];
  readonly comment: string | null;
}
