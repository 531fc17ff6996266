import type { Difference } from "../schema/diff-schemas.js";
import { describeDifference, diffSchemas } from "../schema/diff-schemas.js";
import type { Schema } from "../schema/schema.js";

/** How it went to bring up two sides one after the other. */
export interface OrderOutcome {
  /** The heads, in the order in which their sides were brought up. */
  readonly order: readonly string[];
  /** The schema afterwards; null when a step failed. */
  readonly schema: Schema | null;
  readonly failure: { readonly revision: string; readonly message: string } | null;
}

/** What a revision changed, as far as it was looked at: `column users.email`. */
export type Touched = ReadonlyMap<string, readonly string[]>;

/** One reason why two sides do not commute. */
export interface Conflict {
  /** `table`, `column`, `index` … or `step` when a step failed. */
  readonly kind: string;
  readonly name: string;
  /** One sentence for a person. */
  readonly message: string;
  /** The revisions that touch the object. */
  readonly revisions: readonly string[];
}

export interface Verdict {
  readonly verdict: "commutes" | "conflicts";
  readonly conflicts: readonly Conflict[];
  /** Tables whose columns end up in another order, which is harmless. */
  readonly columnOrder: readonly string[];
}

function touching(name: string, touched: Touched): readonly string[] {
  const parent = name.split(".").slice(0, -1).join(".");
  const own = [...touched].filter(([, objects]) => objects.includes(name)).map(([revision]) => revision);
  if (own.length > 0 || parent === "") return own;
  return [...touched].filter(([, objects]) => objects.some((object) => object === parent || object.startsWith(`${parent}.`))).map(([revision]) => revision);
}

function failureConflict({ failure, order }: OrderOutcome): readonly Conflict[] {
  if (failure === null) return [];
  const message = `In the order ${order.join(", then ")}: ${failure.message}`;
  return [{ kind: "step", name: failure.revision, message, revisions: [failure.revision] }];
}

function differenceConflict(difference: Difference, left: OrderOutcome, right: OrderOutcome, touched: Touched): Conflict {
  const message = describeDifference(difference)
    .replaceAll("on the left", `after ${left.order.join(", then ")}`)
    .replaceAll("on the right", `after ${right.order.join(", then ")}`);
  return { kind: difference.kind, name: difference.name, message, revisions: touching(difference.name, touched) };
}

/**
 * Compares what two orders led to: equal schemas and no failure commute. A different order of a table's columns is told apart and harmless.
 */
export function compareOrders(left: OrderOutcome, right: OrderOutcome, touched: Touched = new Map()): Verdict {
  const failures = [...failureConflict(left), ...failureConflict(right)];
  const differences = left.schema === null || right.schema === null ? [] : diffSchemas(left.schema, right.schema);
  const conflicts = [...failures, ...differences.filter(({ order }) => !order).map((difference) => differenceConflict(difference, left, right, touched))];
  return {
    verdict: conflicts.length === 0 ? "commutes" : "conflicts",
    conflicts,
    columnOrder: differences.filter(({ order }) => order).map(({ name }) => name),
  };
}

/** Names the objects that differ between two schemas: what a step in between has touched. */
export function touchedObjects(before: Schema, after: Schema): readonly string[] {
  return [...new Set(diffSchemas(before, after).map(({ name }) => name))];
}
