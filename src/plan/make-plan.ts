import type { Direction, Plan, Step } from "./plan.js";
import type { RowsChange, RowsTracker } from "./rows-tracker.js";

/** A step before its rows are known. */
export interface StepDraft {
  readonly revision: string;
  readonly direction: Direction;
  readonly reason: string;
  readonly beyond?: boolean;
}

/**
 * Rows after each step, replayed from the changes when asked for: a copy for each of 100,000 steps over thousands of rows would not fit into memory.
 * Asking in order costs each change once.
 */
function replay(first: readonly string[], changes: readonly RowsChange[]): (step: number) => readonly string[] {
  let rows = new Set(first);
  let done = 0;
  return (step) => {
    if (step < done - 1) {
      rows = new Set(first);
      done = 0;
    }
    for (; done <= step; done++) {
      for (const id of changes[done]?.remove ?? []) rows.delete(id);
      for (const id of changes[done]?.add ?? []) rows.add(id);
    }
    return Object.freeze([...rows].sort());
  };
}

/** Turns ordered drafts into a plan, from the applied set that the tracker holds; the tracker ends at the plan's end. */
export function makePlan(drafts: readonly StepDraft[], tracker: RowsTracker): Plan {
  const first = tracker.rows();
  const changes = drafts.map(({ revision, direction }) => (direction === "up" ? tracker.add(revision) : tracker.remove(revision)));
  const rowsAfter = replay(first, changes);
  const steps = drafts.map(({ revision, direction, reason, beyond = false }, index): Step => {
    const step = { revision, direction, reason, beyond };
    return Object.freeze(Object.defineProperty(step, "rows", { enumerable: true, get: () => rowsAfter(index) })) as Step;
  });
  return Object.freeze({ steps: Object.freeze(steps), rows: Object.freeze([...tracker.rows()]) });
}
