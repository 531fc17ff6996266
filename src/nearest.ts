/** Optimal string alignment distance between two short texts, or `limit + 1` when it is more than the limit. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) best = Math.min(best, (before[column - 2] ?? 0) + 1);
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}

/** Returns the candidate most like a mistyped text (at most two slips, one in a short text), or null when none is near. */
export function nearest(text: string, candidates: Iterable<string>): string | null {
  let limit = text.length > 4 ? 2 : 1;
  let best: string | null = null;
  for (const candidate of candidates) {
    const slips = distance(text, candidate, limit);
    if (slips <= limit && slips < text.length) {
      best = candidate;
      limit = slips - 1;
      if (limit < 1) break;
    }
  }
  return best;
}
