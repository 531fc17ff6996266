interface Frame<Item> {
  readonly item: Item;
  readonly targets: readonly Item[];
  /** The target to look at next. */
  edge: number;
}

/**
 * Returns the strongly connected components of two and more items, each in the order it was met.
 * Tarjan's algorithm (SIAM J. Comput. 1972) with its stack made explicit, so that depth costs no call stack.
 */
function components<Item>(items: Iterable<Item>, next: (item: Item) => readonly Item[]): Item[][] {
  const index = new Map<Item, number>();
  const low = new Map<Item, number>();
  const open = new Set<Item>();
  const stack: Item[] = [];
  const found: Item[][] = [];
  for (const root of items) {
    if (index.has(root)) continue;
    const work: Frame<Item>[] = [{ item: root, targets: next(root), edge: 0 }];
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const { item, targets } = frame;
      if (frame.edge === 0) {
        low.set(item, index.size);
        index.set(item, index.size);
        stack.push(item);
        open.add(item);
      }
      const target = targets[frame.edge++];
      if (target !== undefined) {
        if (!index.has(target)) work.push({ item: target, targets: next(target), edge: 0 });
        else if (open.has(target)) low.set(item, Math.min(low.get(item) ?? 0, index.get(target) ?? 0));
        continue;
      }
      work.pop();
      const caller = work.at(-1)?.item;
      if (caller !== undefined) low.set(caller, Math.min(low.get(caller) ?? 0, low.get(item) ?? 0));
      if (low.get(item) !== index.get(item)) continue;
      const component = stack.splice(stack.lastIndexOf(item));
      for (const member of component) open.delete(member);
      if (component.length > 1) found.push(component);
    }
  }
  return found;
}

/** Returns a shortest cycle through the first item, following `next` within the component. */
function shortestCycle<Item>(first: Item, component: ReadonlySet<Item>, next: (item: Item) => readonly Item[]): Item[] {
  const cameFrom = new Map<Item, Item>();
  const queue: Item[] = [first];
  for (const item of queue) {
    for (const target of next(item)) {
      if (target === first) {
        const cycle: Item[] = [];
        for (let at: Item | undefined = item; at !== undefined && at !== first; at = cameFrom.get(at)) cycle.push(at);
        return [first, ...cycle.toReversed()];
      }
      if (component.has(target) && !cameFrom.has(target)) {
        cameFrom.set(target, item);
        queue.push(target);
      }
    }
  }
  return [first];
}

/** Returns one cycle of each tangle, beginning with its least item by `compare`; each item is `next` of the one before it. */
export function findCycles<Item>(items: Iterable<Item>, next: (item: Item) => readonly Item[], compare: (a: Item, b: Item) => number): Item[][] {
  return components(items, next).map((component) => {
    const first = component.toSorted(compare)[0] as Item;
    return shortestCycle(first, new Set(component), next);
  });
}
