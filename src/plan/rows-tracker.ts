/** What a change of the applied set does to the rows. */
export interface RowsChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

const NOTHING: RowsChange = Object.freeze({ add: [], remove: [] });

/** Keeps the rows of an applied set while revisions come and go. */
export interface RowsTracker {
  readonly add: (revision: string) => RowsChange;
  readonly remove: (revision: string) => RowsChange;
  /** The rows now, in alphabetical order. */
  readonly rows: () => readonly string[];
}

/** Whatever has an id: a node of the graph, or an entry of the ledger. */
interface Item {
  readonly revision: string;
}

/**
 * Tracks rows: the applied revisions from which no other applied one descends, by any path in the whole graph, also through what is not applied.
 *
 * A revision is *covered* when it is applied or something above it is covered; a row is applied with nothing covered above. `above` counts the
 * covered ones directly above each revision, so that a change costs no more than the edges whose cover it flips.
 */
export function trackRows<I extends Item>(find: (revision: string) => I | undefined, below: (item: I) => Iterable<I>): RowsTracker {
  const applied = new Set<I>();
  const rows = new Set<I>();
  const above = new Map<I, number>();

  /** Cover of `start` has appeared or gone; passes it on downwards, noting what ceases to be a row or becomes one. */
  const spread = (start: I, step: 1 | -1): readonly string[] => {
    const noted: string[] = [];
    const open = [start];
    for (let from = open.pop(); from !== undefined; from = open.pop()) {
      for (const item of below(from)) {
        const count = (above.get(item) ?? 0) + step;
        above.set(item, count);
        if (count !== (step === 1 ? 1 : 0)) continue;
        if (!applied.has(item)) open.push(item);
        else {
          noted.push(item.revision);
          if (step === 1) rows.delete(item);
          else rows.add(item);
        }
      }
    }
    return noted;
  };

  return {
    add(revision) {
      const item = find(revision);
      if (item === undefined || applied.has(item)) return NOTHING;
      applied.add(item);
      if ((above.get(item) ?? 0) > 0) return NOTHING;
      rows.add(item);
      return { add: [revision], remove: spread(item, 1) };
    },
    remove(revision) {
      const item = find(revision);
      if (item === undefined || !applied.delete(item) || !rows.delete(item)) return NOTHING;
      return { add: spread(item, -1), remove: [revision] };
    },
    rows: () => [...rows].map(({ revision }) => revision).sort(),
  };
}
