import type { Node } from "./graph.js";

/** A binary heap of places, the least on top. */
interface Heap {
  readonly places: Int32Array;
  size: number;
}

function push(heap: Heap, place: number): void {
  const { places } = heap;
  let at = heap.size++;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = places[above] ?? 0;
    if (parent <= place) break;
    places[at] = parent;
    at = above;
  }
  places[at] = place;
}

function pop(heap: Heap): number {
  const { places } = heap;
  const top = places[0] ?? 0;
  const last = places[--heap.size] ?? 0;
  let at = 0;
  for (let child = 1; child < heap.size; child = 2 * at + 1) {
    if (child + 1 < heap.size && (places[child + 1] ?? 0) < (places[child] ?? 0)) child++;
    const least = places[child] ?? 0;
    if (least >= last) break;
    places[at] = least;
    at = child;
  }
  places[at] = last;
  return top;
}

/**
 * Returns the nodes in topological order, ancestors first; where several could come next, the one of the least rank. Edges to nodes that are not
 * among them do not count, and nodes in or behind a cycle are left out.
 *
 * Kahn's algorithm (CACM 1962) over a binary heap, O((n + edges) log n), without recursion.
 */
export function topologicalOrder<Item extends Node>(nodes: Iterable<Item>): Item[] {
  const sorted = [...nodes];
  if (sorted.some((node, index) => index > 0 && node.rank < (sorted[index - 1] as Item).rank)) sorted.sort((a, b) => a.rank - b.rank);
  // From rank to place in `sorted`; -1 for who is not among them.
  const place = new Int32Array((sorted.at(-1)?.rank ?? -1) + 1).fill(-1);
  sorted.forEach(({ rank }, index) => {
    place[rank] = index;
  });
  const waitingFor = new Int32Array(sorted.length);
  const heap: Heap = { places: new Int32Array(sorted.length), size: 0 };
  for (const { below, rank } of sorted) {
    let count = 0;
    for (const other of below) if ((place[other.rank] ?? -1) >= 0) count++;
    const at = place[rank] ?? 0;
    waitingFor[at] = count;
    if (count === 0) push(heap, at);
  }
  const order: Item[] = [];
  while (heap.size > 0) {
    const node = sorted[pop(heap)] as Item;
    order.push(node);
    for (const { rank } of node.above) {
      const at = place[rank] ?? -1;
      if (at < 0) continue;
      const count = (waitingFor[at] ?? 0) - 1;
      waitingFor[at] = count;
      if (count === 0) push(heap, at);
    }
  }
  return order;
}
